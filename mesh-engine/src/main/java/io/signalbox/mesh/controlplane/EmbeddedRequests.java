package io.signalbox.mesh.controlplane;

import io.signalbox.mesh.client.MeshConnection;
import io.signalbox.mesh.client.MeshException;
import io.signalbox.mesh.client.Requests;
import io.signalbox.mesh.explain.DryDecision;
import io.signalbox.mesh.explain.DryRequest;
import io.signalbox.mesh.explain.ExplainedRequest;
import io.signalbox.mesh.explain.RequestFilter;
import io.signalbox.mesh.explain.RequestLine;
import io.signalbox.mesh.explain.Tap;
import io.signalbox.mesh.explain.TraceLine;
import io.signalbox.mesh.mirror.MirrorStatus;
import io.signalbox.mesh.model.UnknownNameException;
import io.signalbox.mesh.trace.Span;
import io.signalbox.mesh.whatif.Question;
import io.signalbox.mesh.whatif.WhatIf;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the mesh in this process tells of single requests. Safe from any thread. */
final class EmbeddedRequests implements Requests {

    private static final Logger log = LoggerFactory.getLogger(EmbeddedRequests.class);

    private static final Duration LOOK = Duration.ofMillis(250);

    private final Inquiry inquiry;
    private final WhatIfControl whatIf;

    EmbeddedRequests(Inquiry inquiry, WhatIfControl whatIf) {
        this.inquiry = inquiry;
        this.whatIf = whatIf;
    }

    @Override
    public List<RequestLine> newest(RequestFilter filter, int limit) {
        return inquiry.newest(filter, limit);
    }

    /** A thread of its own calls the listener: requests end on event loops, which must not wait for anybody. */
    @Override
    public MeshConnection.Subscription tap(RequestFilter filter, TapListener listener) {
        Semaphore news = new Semaphore(0);
        Tap tap = inquiry.tap(filter);
        Runnable leave = inquiry.listen(news::release);
        Thread thread = Thread.ofVirtual().name("tap").start(() -> follow(tap, news, listener));
        return () -> {
            leave.run();
            thread.interrupt();
        };
    }

    @Override
    public List<ExplainedRequest> explain(String id) {
        return found(() -> inquiry.explain(id));
    }

    @Override
    public DryDecision explain(DryRequest request) {
        return inquiry.explain(request);
    }

    @Override
    public List<WhatIf> whatIf(Question question) {
        return EmbeddedMesh.call(() -> whatIf.answer(question));
    }

    @Override
    public MirrorStatus mirror(String service) {
        return found(() -> inquiry.mirror(service));
    }

    @Override
    public List<TraceLine> traces(int limit) {
        return inquiry.traces(limit);
    }

    @Override
    public List<Span> trace(String id) {
        return found(() -> inquiry.trace(id));
    }

    private static void follow(Tap tap, Semaphore news, TapListener listener) {
        try {
            while (true) {
                if (tap.owes()) {
                    boolean _ = news.tryAcquire(LOOK.toMillis(), TimeUnit.MILLISECONDS);
                } else {
                    news.acquire();
                }
                news.drainPermits();
                tell(tap.next(), listener);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void tell(Tap.Batch batch, TapListener listener) throws InterruptedException {
        try {
            if (batch.dropped() > 0) {
                listener.dropped(batch.dropped());
            }
            if (batch.untold() > 0) {
                listener.untold(batch.untold());
            }
            if (batch.leftOut() > 0) {
                listener.leftOut(batch.leftOut());
            }
            for (RequestLine request : batch.requests()) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                listener.request(request);
            }
        } catch (RuntimeException e) {
            log.error("A listener failed", e);
        }
    }

    private static <T> T found(Supplier<T> asked) {
        try {
            return asked.get();
        } catch (UnknownNameException e) {
            throw new MeshException(MeshException.Kind.NOT_FOUND, String.valueOf(e.getMessage()));
        }
    }
}
