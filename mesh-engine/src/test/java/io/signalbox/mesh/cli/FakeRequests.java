package io.signalbox.mesh.cli;

import io.signalbox.mesh.client.MeshConnection.Subscription;
import io.signalbox.mesh.client.Requests;
import io.signalbox.mesh.explain.DryDecision;
import io.signalbox.mesh.explain.DryRequest;
import io.signalbox.mesh.explain.ExplainedRequest;
import io.signalbox.mesh.explain.RequestFilter;
import io.signalbox.mesh.explain.RequestLine;
import io.signalbox.mesh.explain.TraceLine;
import io.signalbox.mesh.mirror.MirrorStatus;
import io.signalbox.mesh.trace.Span;
import io.signalbox.mesh.whatif.Question;
import io.signalbox.mesh.whatif.WhatIf;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** Single requests that are made up. */
final class FakeRequests implements Requests {

    final List<TapListener> taps = new CopyOnWriteArrayList<>();
    final CountDownLatch tapped = new CountDownLatch(1);
    List<ExplainedRequest> hops = List.of();

    List<WhatIf> whatIf = List.of();

    @Nullable
    DryDecision dry;

    @Nullable
    MirrorStatus mirror;

    private final List<String> asked;

    FakeRequests(List<String> asked) {
        this.asked = asked;
    }

    @Override
    public List<RequestLine> newest(RequestFilter filter, int limit) {
        return List.of();
    }

    @Override
    public Subscription tap(RequestFilter filter, TapListener listener) {
        asked.add("tap " + filter);
        taps.add(listener);
        tapped.countDown();
        return () -> taps.remove(listener);
    }

    @Override
    public List<ExplainedRequest> explain(String id) {
        asked.add("explain " + id);
        return hops;
    }

    @Override
    public DryDecision explain(DryRequest request) {
        asked.add("explain " + request);
        return java.util.Objects.requireNonNull(dry);
    }

    @Override
    public MirrorStatus mirror(String service) {
        asked.add("mirror " + service);
        return java.util.Objects.requireNonNull(mirror);
    }

    @Override
    public List<WhatIf> whatIf(Question question) {
        asked.add("what if " + question);
        return whatIf;
    }

    @Override
    public List<TraceLine> traces(int limit) {
        return List.of();
    }

    @Override
    public List<Span> trace(String id) {
        return List.of();
    }
}
