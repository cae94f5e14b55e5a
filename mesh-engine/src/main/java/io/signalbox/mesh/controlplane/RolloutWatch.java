package io.signalbox.mesh.controlplane;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.signalbox.mesh.canary.Latencies;
import io.signalbox.mesh.canary.Slice;
import io.signalbox.mesh.canary.Window;
import io.signalbox.mesh.canary.rollout.Rollout;
import io.signalbox.mesh.canary.rollout.Sight;
import io.signalbox.mesh.metrics.CopyInterval;
import io.signalbox.mesh.metrics.EdgeInterval;
import io.signalbox.mesh.metrics.Outcome;
import io.signalbox.mesh.model.RetryCondition;
import io.signalbox.mesh.model.Splitting;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

/**
 * What callers saw of both versions of a rollout since the last look. Safe from any thread.
 *
 * <p>An attempt that was tried again is a request that failed: the version failed, though its caller may never know. Second
 * attempts that were made early, to be quick, are none.
 */
final class RolloutWatch {

    private static final Duration LONGEST = Duration.ofSeconds(10);
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final int LOOKS_A_STEP = 3;
    private static final int LATE = 3;

    /** One version. */
    private static final class Counts {
        private final Latencies.Counter latency = new Latencies.Counter();
        private long requests;
        private long failures;

        void add(EdgeInterval interval) {
            for (Map.Entry<Outcome, Long> ended : interval.outcomes().entrySet()) {
                if (CallCell.counts(ended.getKey())) {
                    requests += ended.getValue();
                    failures += CallCell.failed(ended.getKey(), interval.key().protocol()) ? ended.getValue() : 0;
                }
            }
            for (Map.Entry<RetryCondition, Long> again : interval.retries().entrySet()) {
                if (again.getKey() != RetryCondition.HEDGE) {
                    requests += again.getValue();
                    failures += again.getValue();
                }
            }
            add(interval.latency());
        }

        void add(CopyInterval.Side side) {
            requests += side.requests();
            failures += side.failures();
            add(side.latency());
        }

        private void add(Histogram took) {
            for (HistogramIterationValue value : took.recordedValues()) {
                latency.add(value.getValueIteratedTo(), value.getCountAtValueIteratedTo());
            }
        }

        Slice slice() {
            return new Slice(requests, failures, latency.total());
        }
    }

    /** Both versions of one rollout. */
    private static final class Pair {
        private final Splitting.Canary canary;
        private final long sinceNanos;
        private final Optional<FirstReports> change;
        private final Counts stable = new Counts();
        private final Counts candidate = new Counts();
        private final Counts copied = new Counts();
        private final Counts copies = new Counts();

        Pair(Splitting.Canary canary, long sinceNanos, Optional<FirstReports> change) {
            this.canary = canary;
            this.sinceNanos = sinceNanos;
            this.change = change;
        }

        Window window(Duration span, Sight sight) {
            return switch (sight) {
                case CALLS, CHOSEN_CALLS, ALL_CALLS -> new Window(span, stable.slice(), candidate.slice());
                case COPIES -> new Window(span, copied.slice(), copies.slice());
            };
        }
    }

    @GuardedBy("this")
    private final Map<String, Pair> pairs = new HashMap<>();

    /** Begins anew with nothing: what was seen before is left out. */
    synchronized void begin(String service, Splitting.Canary canary, long nowNanos) {
        pairs.put(service, new Pair(canary, nowNanos, Optional.empty()));
    }

    /** The same after a change: what each sidecar tells first may be of before, and is left out. */
    synchronized void beginChanged(String service, Splitting.Canary canary, long nowNanos) {
        pairs.put(service, new Pair(canary, nowNanos, Optional.of(new FirstReports(nowNanos))));
    }

    synchronized void end(String service) {
        pairs.remove(service);
    }

    synchronized void record(SidecarLink sidecar, SidecarReport report, long nowNanos) {
        if (pairs.isEmpty()) {
            return;
        }
        Set<String> told = new HashSet<>();
        report.copies().stream().filter(FirstReports::tells).forEach(interval -> told.add(interval.destination()));
        report.edges().stream()
                .filter(FirstReports::tells)
                .forEach(interval -> told.add(interval.key().destination()));
        Set<Pair> mixed = new HashSet<>();
        for (String service : told) {
            Pair pair = pairs.get(service);
            if (pair != null && pair.change.isPresent() && pair.change.get().mixes(sidecar, nowNanos)) {
                mixed.add(pair);
            }
        }
        for (CopyInterval interval : report.copies()) {
            Pair pair = pairs.get(interval.destination());
            if (pair != null && !mixed.contains(pair) && interval.version().equals(pair.canary.candidate())) {
                pair.copied.add(interval.primary());
                pair.copies.add(interval.copy());
            }
        }
        for (EdgeInterval interval : report.edges()) {
            Pair pair = pairs.get(interval.key().destination());
            if (pair != null && !mixed.contains(pair)) {
                String version = interval.key().version();
                if (version.equals(pair.canary.stable())) {
                    pair.stable.add(interval);
                } else if (version.equals(pair.canary.candidate())) {
                    pair.candidate.add(interval);
                }
            }
        }
    }

    Optional<Window> take(String service, Rollout rollout, long nowNanos) {
        return take(service, rollout.plan(), rollout.sight(), rollout.delay(), nowNanos);
    }

    /**
     * What was seen, when it is time for a look; the next one begins then.
     *
     * @param sight what is looked at
     * @param delay of the step: it is looked at some times in it
     */
    synchronized Optional<Window> take(
            String service, Splitting.Canary canary, Sight sight, Duration delay, long nowNanos) {
        Pair pair = pairs.get(service);
        if (pair == null || !pair.canary.sameVersions(canary)) {
            begin(service, canary, nowNanos);
            return Optional.empty();
        }
        Duration span = Duration.ofNanos(nowNanos - pair.sinceNanos);
        Duration length = length(delay);
        if (span.compareTo(length) < 0) {
            return Optional.empty();
        }
        pairs.put(service, new Pair(canary, nowNanos, pair.change));
        // whoever slept meanwhile saw nothing of it
        return span.compareTo(length.multipliedBy(LATE)) > 0 ? Optional.empty() : Optional.of(pair.window(span, sight));
    }

    static Duration length(Duration delay) {
        Duration part = delay.dividedBy(LOOKS_A_STEP);
        return part.compareTo(LONGEST) > 0 ? LONGEST : part.compareTo(SHORTEST) < 0 ? SHORTEST : part;
    }
}
