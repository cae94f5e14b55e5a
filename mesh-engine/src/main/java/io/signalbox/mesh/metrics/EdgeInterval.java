package io.signalbox.mesh.metrics;

import io.signalbox.mesh.model.RetryCondition;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * What happened on one edge since it was last asked.
 *
 * @param outcomes calls that ended, by how; none is zero
 * @param retries attempts that were tried again, by why; none is zero
 * @param splitDraws calls whose version a split chose (and not a routing rule)
 * @param latency of the calls that ended, in nanoseconds within 1 %; belongs to the receiver. A call that ends just
 *     then may be timed in one interval and counted in the other
 * @param inFlight calls that have not ended
 * @param maxInFlight the most at once since last asked
 */
public record EdgeInterval(
        EdgeKey key,
        Map<Outcome, Long> outcomes,
        Map<RetryCondition, Long> retries,
        long splitDraws,
        Histogram latency,
        int inFlight,
        int maxInFlight) {

    public EdgeInterval {
        outcomes = Map.copyOf(outcomes);
        retries = Map.copyOf(retries);
    }

    /** The same by another name. */
    public EdgeInterval at(EdgeKey other) {
        return new EdgeInterval(other, outcomes, retries, splitDraws, latency, inFlight, maxInFlight);
    }

    /** How many calls ended. */
    public long requests() {
        return outcomes.values().stream().mapToLong(Long::longValue).sum();
    }

    boolean quiet() {
        return outcomes.isEmpty()
                && retries.isEmpty()
                && splitDraws == 0
                && latency.getTotalCount() == 0
                && inFlight == 0
                && maxInFlight == 0;
    }
}
