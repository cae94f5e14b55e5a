package io.signalbox.mesh.controlplane;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.signalbox.mesh.metrics.EdgeInterval;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How many requests to each service ended in the last hour, in steps of ten seconds, by what sidecars counted. Safe from
 * any thread.
 */
final class RequestCounts {

    private static final long STEP_NANOS = Duration.ofSeconds(10).toNanos();
    private static final long KEPT_STEPS = Duration.ofHours(1).dividedBy(Duration.ofSeconds(10)) + 1;

    @GuardedBy("this")
    private final Map<String, ArrayDeque<Step>> services = new HashMap<>();

    /** @param number of the step, from the ticker's origin */
    private record Step(long number, long requests) {}

    synchronized void record(List<EdgeInterval> report, long nowNanos) {
        long number = Math.floorDiv(nowNanos, STEP_NANOS);
        for (EdgeInterval interval : report) {
            long requests = interval.requests();
            if (requests > 0) {
                ArrayDeque<Step> steps =
                        services.computeIfAbsent(interval.key().destination(), _ -> new ArrayDeque<>());
                Step last = steps.peekLast();
                if (last != null && last.number() == number) {
                    steps.removeLast();
                    requests += last.requests();
                }
                steps.addLast(new Step(number, requests));
            }
        }
        services.values().removeIf(steps -> {
            steps.removeIf(step -> number - step.number() >= KEPT_STEPS);
            return steps.isEmpty();
        });
    }

    /** To the service, since so long ago, up to a step; 0 of one of which nothing was told. */
    synchronized long since(String service, long nowNanos, Duration ago) {
        long from = Math.floorDiv(nowNanos - ago.toNanos(), STEP_NANOS);
        ArrayDeque<Step> steps = services.get(service);
        return steps == null
                ? 0
                : steps.stream()
                        .filter(step -> step.number() >= from)
                        .mapToLong(Step::requests)
                        .sum();
    }
}
