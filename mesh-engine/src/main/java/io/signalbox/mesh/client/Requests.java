package io.signalbox.mesh.client;

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

/**
 * What a mesh can tell of single requests: those that failed, were slow or were retried, and a share of all others.
 *
 * <p>The same rules hold as for the {@link MeshConnection} that it belongs to.
 */
public interface Requests {

    /** At most {@code limit} requests that the filter takes, those that ended last first. */
    List<RequestLine> newest(RequestFilter filter, int limit);

    /**
     * Delivers each request that ends from now on and that the filter takes, until the answer is closed. A remote
     * connection that breaks is tried again by itself.
     */
    MeshConnection.Subscription tap(RequestFilter filter, TapListener listener);

    /**
     * Why a request went where it went: every hop of its trace, in the order of the calls.
     *
     * @param id of {@code X-Request-ID}, or a trace's
     */
    List<ExplainedRequest> explain(String id);

    /** Where a request would go now; nothing is sent. */
    DryDecision explain(DryRequest request);

    /** What other policies would have made of the requests that are kept, by service; nothing is put in force. */
    List<WhatIf> whatIf(Question question);

    /** How a service's mirror answers beside what callers get; only where its policy asks for a diff. */
    MirrorStatus mirror(String service);

    /** At most {@code limit} traces, the youngest first. */
    List<TraceLine> traces(int limit);

    /** The spans of one trace that are held, by start. */
    List<Span> trace(String id);

    /** Called on a thread of the connection; who is slow here misses requests, and is told how many. */
    interface TapListener {

        void request(RequestLine request);

        /** @param count requests that were passed over because this listener was slow */
        default void dropped(long count) {}

        /** @param count requests that sidecars never told of, since they were too many at once or nobody heard them */
        default void untold(long count) {}

        /**
         * Called once a second at most.
         *
         * @param count requests beyond the {@value io.signalbox.mesh.explain.Tap#MOST_A_SECOND} a second that are delivered
         */
        default void leftOut(long count) {}

        /** @param why in words for a person */
        default void disconnected(String why) {}
    }
}
