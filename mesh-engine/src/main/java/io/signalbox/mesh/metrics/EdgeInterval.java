package io.signalbox.mesh.metrics;

import io.signalbox.mesh.model.RetryCondition;
import java.util.HashMap;
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

    /** Both as one, of two edges that go by one name. */
    public EdgeInterval and(EdgeInterval other) {
        return added(other, inFlight + other.inFlight, maxInFlight + other.maxInFlight);
    }

    /** Both as one, of the same edge. */
    public EdgeInterval then(EdgeInterval later) {
        return added(later, later.inFlight, Math.max(maxInFlight, later.maxInFlight));
    }

    /** The same under another name. */
    public EdgeInterval under(EdgeKey name) {
        return new EdgeInterval(name, outcomes, retries, splitDraws, latency, inFlight, maxInFlight);
    }

    /** The same when nothing is in flight any more. */
    public EdgeInterval atRest() {
        return new EdgeInterval(key, outcomes, retries, splitDraws, latency, 0, maxInFlight);
    }

    /** What is in flight, and nothing else. */
    public EdgeInterval withoutCalls() {
        return new EdgeInterval(
                key,
                Map.of(),
                Map.of(),
                0,
                new Histogram(latency.getNumberOfSignificantValueDigits()),
                inFlight,
                inFlight);
    }

    private EdgeInterval added(EdgeInterval other, int inFlightNow, int most) {
        Map<Outcome, Long> ended = new HashMap<>(outcomes);
        other.outcomes.forEach((outcome, count) -> ended.merge(outcome, count, Long::sum));
        Map<RetryCondition, Long> retried = new HashMap<>(retries);
        other.retries.forEach((why, count) -> retried.merge(why, count, Long::sum));
        Histogram timed = latency.copy();
        timed.setAutoResize(true);
        timed.add(other.latency);
        return new EdgeInterval(key, ended, retried, splitDraws + other.splitDraws, timed, inFlightNow, most);
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
