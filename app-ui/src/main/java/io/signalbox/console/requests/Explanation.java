package io.signalbox.console.requests;

import io.signalbox.mesh.explain.ExplainedRequest;
import io.signalbox.mesh.explain.RequestLine;
import java.util.List;

/** What the screen tells of a single request. */
sealed interface Explanation {

    /** No request was chosen. */
    record Nothing() implements Explanation {}

    /** The mesh has been asked, and takes its time. */
    record Asked(RequestLine request) implements Explanation {}

    /**
     * The mesh answered.
     *
     * @param hops of the request's trace, in the order of the calls; never empty
     * @param chosen which of them is the request itself
     */
    record Told(RequestLine request, List<ExplainedRequest> hops, int chosen) implements Explanation {

        public Told {
            hops = List.copyOf(hops);
        }
    }

    /** The mesh did not answer, or holds the request no longer. */
    record Refused(RequestLine request, String why) implements Explanation {}
}
