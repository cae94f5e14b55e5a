package io.signalbox.mesh.controlplane;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.signalbox.mesh.metrics.EdgeInterval;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How many requests to each service ended in the last hour, by what sidecars counted: to a second in the last two minutes, to
 * ten seconds before. Safe from any thread.
 */
final class RequestCounts {

    static final Duration FINELY = Duration.ofMinutes(2);

    @GuardedBy("this")
    private final Steps fine = new Steps(Duration.ofSeconds(1), FINELY);

    @GuardedBy("this")
    private final Steps coarse = new Steps(Duration.ofSeconds(10), Duration.ofHours(1));

    synchronized void record(List<EdgeInterval> report, long nowNanos) {
        for (EdgeInterval interval : report) {
            long requests = interval.requests();
            if (requests > 0) {
                fine.add(interval.key().destination(), requests, nowNanos);
                coarse.add(interval.key().destination(), requests, nowNanos);
            }
        }
        fine.forget(nowNanos);
        coarse.forget(nowNanos);
    }

    /** To the service, since so long ago, up to a step; 0 of one of which nothing was told. */
    synchronized long since(String service, long nowNanos, Duration ago) {
        return (ago.compareTo(FINELY) <= 0 ? fine : coarse).since(service, nowNanos, ago);
    }

    /** Counts in steps of one width. Guarded by its owner. */
    private static final class Steps {

        private final long width;
        private final long kept;
        private final Map<String, ArrayDeque<Step>> services = new HashMap<>();

        /** @param number of the step, from the ticker's origin */
        private record Step(long number, long requests) {}

        Steps(Duration width, Duration kept) {
            this.width = width.toNanos();
            this.kept = kept.dividedBy(width) + 1;
        }

        void add(String service, long requests, long nowNanos) {
            long number = Math.floorDiv(nowNanos, width);
            ArrayDeque<Step> steps = services.computeIfAbsent(service, _ -> new ArrayDeque<>());
            Step last = steps.peekLast();
            if (last != null && last.number() == number) {
                steps.removeLast();
                steps.addLast(new Step(number, last.requests() + requests));
            } else {
                steps.addLast(new Step(number, requests));
            }
        }

        void forget(long nowNanos) {
            long number = Math.floorDiv(nowNanos, width);
            services.values().removeIf(steps -> {
                while (!steps.isEmpty() && number - steps.getFirst().number() >= kept) {
                    steps.removeFirst();
                }
                return steps.isEmpty();
            });
        }

        long since(String service, long nowNanos, Duration ago) {
            long from = Math.floorDiv(nowNanos - ago.toNanos(), width);
            ArrayDeque<Step> steps = services.get(service);
            return steps == null
                    ? 0
                    : steps.stream()
                            .filter(step -> step.number() >= from)
                            .mapToLong(Step::requests)
                            .sum();
        }
    }
}
