package io.signalbox.mesh.controlplane;

import io.signalbox.mesh.metrics.EdgeInterval;
import io.signalbox.mesh.metrics.EdgeKey;
import io.signalbox.mesh.metrics.Outcome;
import io.signalbox.mesh.model.Cause;
import io.signalbox.mesh.model.Protocol;
import io.signalbox.mesh.model.status.ServiceKind;
import io.signalbox.mesh.model.status.TrafficStats;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The calls of the last minute from one sidecar to one endpoint, and how many there were ever. Guarded by its owner. */
final class CallCell {

    static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(TrafficStats.WINDOW_SECONDS);
    static final long MINUTE_NANOS = Duration.ofMinutes(1).toNanos();

    /** @param kind what the caller is */
    record Key(String source, String sourceInstance, ServiceKind kind, EdgeKey edge) {

        boolean reachedEndpoint() {
            return !edge.instanceId().isEmpty();
        }
    }

    /** What one report told. */
    record Slice(
            long atNanos,
            Map<Outcome, Long> outcomes,
            long requests,
            long failures,
            long retries,
            LatencyCounts latency) {

        Slice withoutLatency() {
            return new Slice(atNanos, outcomes, requests, failures, retries, LatencyCounts.NONE);
        }
    }

    private final Key key;
    private final ArrayDeque<Slice> window = new ArrayDeque<>();
    private final ArrayDeque<Slice> minute = new ArrayDeque<>();
    private long totalRequests;
    private long totalFailures;
    private int inFlight;
    private long lastCallNanos;

    CallCell(Key key, long nowNanos) {
        this.key = key;
        this.lastCallNanos = nowNanos;
    }

    Key key() {
        return key;
    }

    void add(EdgeInterval interval, long nowNanos) {
        inFlight = interval.inFlight();
        long requests = 0;
        long failures = 0;
        for (Map.Entry<Outcome, Long> ended : interval.outcomes().entrySet()) {
            requests += counts(ended.getKey()) ? ended.getValue() : 0;
            failures += failed(ended.getKey(), key.edge().protocol()) ? ended.getValue() : 0;
        }
        long retries =
                interval.retries().values().stream().mapToLong(Long::longValue).sum();
        totalRequests += requests;
        totalFailures += failures;
        if (interval.outcomes().isEmpty() && retries == 0) {
            return;
        }
        lastCallNanos = nowNanos;
        window.addLast(new Slice(
                nowNanos, interval.outcomes(), requests, failures, retries, LatencyCounts.of(interval.latency())));
    }

    /** The sidecar said nothing of this edge: nothing is in flight. */
    void rest() {
        inFlight = 0;
    }

    /** Forgets what is older than a minute, and latencies older than the window. */
    void prune(long nowNanos) {
        for (Slice oldest = window.peekFirst(); oldest != null; oldest = window.peekFirst()) {
            if (nowNanos - oldest.atNanos() < WINDOW_NANOS) {
                break;
            }
            minute.addLast(window.removeFirst().withoutLatency());
        }
        for (Slice oldest = minute.peekFirst(); oldest != null; oldest = minute.peekFirst()) {
            if (nowNanos - oldest.atNanos() < MINUTE_NANOS) {
                break;
            }
            minute.removeFirst();
        }
    }

    /** Takes over the totals of a cell that is given up. */
    void absorb(CallCell gone) {
        totalRequests += gone.totalRequests;
        totalFailures += gone.totalFailures;
    }

    boolean quietSince(long nanos) {
        return inFlight == 0 && lastCallNanos - nanos < 0;
    }

    Iterable<Slice> window() {
        return window;
    }

    /** What is older than the window, up to a minute. */
    Iterable<Slice> beforeWindow() {
        return minute;
    }

    long totalRequests() {
        return totalRequests;
    }

    long totalFailures() {
        return totalFailures;
    }

    int inFlight() {
        return inFlight;
    }

    /** Whether a call counts at all: one whose caller went away neither succeeded nor failed. */
    static boolean counts(Outcome outcome) {
        return outcome.cause() != Cause.CALLER_GONE;
    }

    static boolean failed(Outcome outcome, Protocol protocol) {
        return counts(outcome)
                && (outcome.code() >= 500 || (outcome.code() == Outcome.NO_CODE && !ended(outcome, protocol)));
    }

    /** Whether it is a TCP connection that nobody broke off. */
    private static boolean ended(Outcome outcome, Protocol protocol) {
        return protocol == Protocol.TCP && outcome.cause() == null;
    }
}
