package io.signalbox.console.topology.graph;

import java.time.Instant;

/** An event on the timeline. */
public record TimelineMark(Instant at, Kind kind, String text) {

    /** What sort of event it was, and so its sign. */
    public enum Kind {
        /** Someone changed something. */
        CHANGE,
        /** A fault was switched. */
        FAULT,
        BREAKER_OPENED,
        BREAKER_CLOSED
    }
}
