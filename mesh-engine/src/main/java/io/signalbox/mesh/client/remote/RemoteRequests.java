package io.signalbox.mesh.client.remote;

import io.signalbox.mesh.client.MeshConnection;
import io.signalbox.mesh.client.Requests;
import io.signalbox.mesh.explain.DryDecision;
import io.signalbox.mesh.explain.DryRequest;
import io.signalbox.mesh.explain.ExplainedRequest;
import io.signalbox.mesh.explain.RequestFilter;
import io.signalbox.mesh.explain.RequestLine;
import io.signalbox.mesh.explain.TraceLine;
import io.signalbox.mesh.mirror.MirrorStatus;
import io.signalbox.mesh.model.DurationText;
import io.signalbox.mesh.trace.Span;
import io.signalbox.mesh.whatif.Question;
import io.signalbox.mesh.whatif.WhatIf;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;

/** What a control plane behind an address tells of single requests. Safe from any thread. */
final class RemoteRequests implements Requests {

    private static final TypeReference<List<RequestLine>> LINES = new TypeReference<>() {};
    private static final TypeReference<List<ExplainedRequest>> EXPLAINED = new TypeReference<>() {};
    private static final TypeReference<List<TraceLine>> TRACES = new TypeReference<>() {};
    private static final TypeReference<MirrorStatus> MIRROR = new TypeReference<>() {};
    private static final TypeReference<List<WhatIf>> WHAT_IF = new TypeReference<>() {};
    private static final TypeReference<List<Span>> SPANS = new TypeReference<>() {};

    private final HttpCalls http;
    private final Function<EventStream.Reader, MeshConnection.Subscription> streams;

    /** @param streams opens a stream and answers how to close it */
    RemoteRequests(HttpCalls http, Function<EventStream.Reader, MeshConnection.Subscription> streams) {
        this.http = http;
        this.streams = streams;
    }

    @Override
    public List<RequestLine> newest(RequestFilter filter, int limit) {
        return http.get("/api/v1/requests?limit=" + limit + asked(filter)).as(LINES);
    }

    @Override
    public MeshConnection.Subscription tap(RequestFilter filter, TapListener listener) {
        return streams.apply(new TapReader("/api/v1/requests?tap=on" + asked(filter), listener));
    }

    @Override
    public List<ExplainedRequest> explain(String id) {
        return http.get("/api/v1/requests/" + HttpCalls.encoded(id) + "/explain")
                .as(EXPLAINED);
    }

    @Override
    public DryDecision explain(DryRequest request) {
        return http.post("/api/v1/explain", request).as(DryDecision.class);
    }

    @Override
    public List<WhatIf> whatIf(Question question) {
        return http.post("/api/v1/policies:what-if", question).as(WHAT_IF);
    }

    @Override
    public List<TraceLine> traces(int limit) {
        return http.get("/api/v1/traces?limit=" + limit).as(TRACES);
    }

    @Override
    public List<Span> trace(String id) {
        return http.get("/api/v1/traces/" + HttpCalls.encoded(id)).as(SPANS);
    }

    @Override
    public MirrorStatus mirror(String service) {
        return http.get("/api/v1/services/" + HttpCalls.encoded(service) + "/mirror")
                .as(MIRROR);
    }

    private static String asked(RequestFilter filter) {
        return parameter("service", filter.service())
                + parameter("status", filter.statuses())
                + (filter.minDuration().isZero()
                        ? ""
                        : parameter("minDuration", DurationText.format(filter.minDuration())))
                + parameter(
                        "cause", filter.cause() == null ? null : filter.cause().wireName())
                + parameter("pathPrefix", filter.pathPrefix());
    }

    private static String parameter(String name, @Nullable Object value) {
        return value == null ? "" : '&' + name + '=' + HttpCalls.encoded(value.toString());
    }
}
