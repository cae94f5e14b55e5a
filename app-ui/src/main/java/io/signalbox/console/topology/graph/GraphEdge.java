package io.signalbox.console.topology.graph;

import io.signalbox.mesh.model.AnsweredBy;
import io.signalbox.mesh.model.Cause;
import io.signalbox.mesh.model.EdgeId;
import io.signalbox.mesh.model.status.AnswerCount;
import io.signalbox.mesh.model.status.BreakerStatus;
import io.signalbox.mesh.model.status.EdgeStatus;
import io.signalbox.mesh.model.status.Latency;
import java.util.List;
import java.util.Optional;

/**
 * An edge of the graph.
 *
 * @param breaker its circuits in one sign
 * @param legs where a turnout splits it, one a version; empty when its destination's traffic is not split
 */
public record GraphEdge(EdgeStatus status, List<Leg> legs, BreakerMark breaker, List<BreakerStatus> circuits) {

    public GraphEdge {
        legs = List.copyOf(legs);
        circuits = List.copyOf(circuits);
    }

    /**
     * One way out of a turnout.
     *
     * @param row of the version on the destination's card
     * @param asked the share that the policy gives it, percent
     * @param got the share that it had in the window, 0..1
     */
    public record Leg(String version, int row, VersionRow.Part part, int asked, double got) {}

    public EdgeId id() {
        return status.id();
    }

    public double rps() {
        return status.stats().requestsPerSecond();
    }

    /** The share of calls that failed in the window, 0..1; 0 when there were none. */
    public double errorShare() {
        long requests = status.stats().requests();
        return requests == 0 ? 0 : (double) status.stats().failures() / requests;
    }

    public boolean erring() {
        return status.stats().failures() > 0;
    }

    public boolean idle() {
        return rps() <= 0;
    }

    /** The median latency in milliseconds, or 1 when nothing is known. */
    public double p50Millis() {
        Latency latency = status.stats().latency();
        return latency == null ? 1 : Math.max(0.01, latency.p50Nanos() / 1e6);
    }

    /** Why the mesh turned away every call of the last minute for want of an identity; empty when it did not. */
    public Optional<Cause> refusal() {
        return refused(status) ? Optional.of(Cause.IDENTITY_MISMATCH) : Optional.empty();
    }

    static boolean refused(EdgeStatus status) {
        List<AnswerCount> answers = status.answers();
        return !answers.isEmpty()
                && answers.stream()
                        .allMatch(
                                answer -> answer.by() == AnsweredBy.MESH && answer.cause() == Cause.IDENTITY_MISMATCH);
    }
}
