package io.signalbox.mesh.proxy.conformance;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One of the things that may become of a request: what the application gets, each answered in order, and then the end.
 *
 * @param wants the requests that arrive whole
 */
record Outcome(List<Want> wants, Ending ending) {

    /** No answer at all, where a set of statuses allows that too. */
    static final int SILENCE = 0;

    Outcome {
        wants = List.copyOf(wants);
    }

    /** What comes after the answers. */
    sealed interface Ending {

        /** Nothing; the connection may stay open or not. */
        record Free() implements Ending {}

        /** Nothing, and the sidecar closes the connection without being asked. */
        record Closed() implements Ending {}

        /** An answer of the sidecar's own, nothing of what it is for travels on, and the connection closes. */
        record Refused(Set<Integer> statuses) implements Ending {

            public Refused {
                statuses = Set.copyOf(statuses);
            }
        }

        /** As refused, but it may stay open: the request was understood. */
        record Declined(Set<Integer> statuses) implements Ending {

            public Declined {
                statuses = Set.copyOf(statuses);
            }
        }

        /** A request that may have begun to travel, but never becomes whole; an error or none; it closes. */
        record Broken() implements Ending {}
    }

    static Outcome forwarded(Want... wants) {
        return new Outcome(List.of(wants), new Ending.Free());
    }

    static Outcome refused(int... statuses) {
        return forwarded().thenRefused(statuses);
    }

    static Outcome declined(int... statuses) {
        return new Outcome(List.of(), new Ending.Declined(setOf(statuses)));
    }

    static Outcome broken() {
        return forwarded().thenBroken();
    }

    Outcome thenClosed() {
        return new Outcome(wants, new Ending.Closed());
    }

    Outcome thenRefused(int... statuses) {
        return new Outcome(wants, new Ending.Refused(setOf(statuses)));
    }

    Outcome thenBroken() {
        return new Outcome(wants, new Ending.Broken());
    }

    private static Set<Integer> setOf(int... statuses) {
        return Arrays.stream(statuses).boxed().collect(Collectors.toUnmodifiableSet());
    }
}
