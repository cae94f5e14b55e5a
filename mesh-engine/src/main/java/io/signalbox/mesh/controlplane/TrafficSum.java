package io.signalbox.mesh.controlplane;

import io.signalbox.mesh.metrics.Outcome;
import io.signalbox.mesh.model.status.AnswerCount;
import io.signalbox.mesh.model.status.Latency;
import io.signalbox.mesh.model.status.TrafficStats;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** The calls of several cells together. For one thread. */
final class TrafficSum {

    /** Nothing is added to it. */
    static final TrafficSum NOTHING = new TrafficSum();

    private static final int DIGITS = 2;
    private static final long FINEST_NANOS = 1_000;
    private static final Comparator<AnswerCount> OFTEN_FIRST = Comparator.comparingLong(AnswerCount::count)
            .reversed()
            .thenComparingInt(AnswerCount::code)
            .thenComparing(AnswerCount::by);

    private final Histogram latency = new Histogram(FINEST_NANOS, 2 * FINEST_NANOS, DIGITS);
    private final Map<Outcome, Long> lastMinute = new HashMap<>();
    private long requests;
    private long failures;
    private long retries;
    private long totalRequests;
    private long totalFailures;
    private long minuteRequests;
    private long minuteFailures;
    private int inFlight;

    TrafficSum() {
        latency.setAutoResize(true);
    }

    void add(CallCell cell) {
        totalRequests += cell.totalRequests();
        totalFailures += cell.totalFailures();
        inFlight += cell.inFlight();
        for (CallCell.Slice slice : cell.window()) {
            requests += slice.requests();
            failures += slice.failures();
            retries += slice.retries();
            addMinute(slice);
            slice.latency().addTo(latency);
        }
        cell.beforeWindow().forEach(this::addMinute);
    }

    private void addMinute(CallCell.Slice slice) {
        slice.outcomes().forEach((outcome, count) -> lastMinute.merge(outcome, count, Long::sum));
        minuteRequests += slice.requests() + slice.retries();
        minuteFailures += slice.failures() + slice.retries();
    }

    /** @param seconds the part of the window that the mesh has lived */
    TrafficStats stats(double seconds) {
        return new TrafficStats(requests / seconds, requests, failures, totalRequests, totalFailures, latency());
    }

    private @Nullable Latency latency() {
        return latency.getTotalCount() == 0
                ? null
                : new Latency(
                        latency.getValueAtPercentile(50),
                        latency.getValueAtPercentile(90),
                        latency.getValueAtPercentile(99),
                        latency.getMaxValue());
    }

    List<AnswerCount> answers() {
        return lastMinute.entrySet().stream()
                .map(entry -> new AnswerCount(
                        entry.getKey().code(),
                        entry.getKey().by(),
                        entry.getKey().cause(),
                        entry.getValue()))
                .sorted(OFTEN_FIRST)
                .toList();
    }

    long requests() {
        return requests;
    }

    long retries() {
        return retries;
    }

    int inFlight() {
        return inFlight;
    }

    /** Attempts of the last minute, those that were tried again included. */
    long minuteAttempts() {
        return minuteRequests;
    }

    long minuteFailedAttempts() {
        return minuteFailures;
    }
}
