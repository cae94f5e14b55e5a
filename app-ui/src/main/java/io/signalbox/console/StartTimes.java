package io.signalbox.console;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Writes how long the start took, for benchmarks: {@code start: first-frame 812 ms}, counted from the start of the
 * process, each moment once. Silent unless {@code SIGNALBOX_TRACE_START} is set. Belongs to one thread.
 */
final class StartTimes {

    private final Set<String> written = new HashSet<>();
    private final InstantSource clock;
    private final Instant begin;
    private final PrintStream err;
    private final boolean asked;

    StartTimes(Map<String, String> environment, InstantSource clock, Instant begin, PrintStream err) {
        this.clock = clock;
        this.begin = begin;
        this.err = err;
        asked = environment.containsKey("SIGNALBOX_TRACE_START");
    }

    void reached(String moment) {
        if (asked && written.add(moment)) {
            err.println("start: " + moment + " "
                    + Duration.between(begin, clock.instant()).toMillis() + " ms");
            err.flush();
        }
    }
}
