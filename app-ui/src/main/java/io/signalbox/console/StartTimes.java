package io.signalbox.console;

import io.signalbox.mesh.time.Ticker;
import java.io.PrintStream;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Writes how long the start took, for benchmarks: {@code start: first-frame 812 ms}, counted from the program's first
 * line, each moment once. Silent unless {@code SIGNALBOX_TRACE_START} is set. Safe from any thread.
 */
final class StartTimes {

    private final Set<String> written = ConcurrentHashMap.newKeySet();
    private final Ticker ticker;
    private final long begin;
    private final PrintStream err;
    private final boolean asked;

    StartTimes(Map<String, String> environment, Ticker ticker, PrintStream err) {
        this.ticker = ticker;
        this.err = err;
        begin = ticker.nanos();
        asked = environment.containsKey("SIGNALBOX_TRACE_START");
    }

    void reached(String moment) {
        if (asked && written.add(moment)) {
            err.println("start: " + moment + " " + TimeUnit.NANOSECONDS.toMillis(ticker.nanos() - begin) + " ms");
            err.flush();
        }
    }
}
