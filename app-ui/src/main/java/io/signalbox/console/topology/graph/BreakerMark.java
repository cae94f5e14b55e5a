package io.signalbox.console.topology.graph;

import io.signalbox.mesh.model.BreakerState;
import io.signalbox.mesh.model.status.BreakerStatus;
import io.signalbox.mesh.model.status.EdgeStatus;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The circuits of one edge in one sign.
 *
 * @param state the worst of them
 * @param nextProbe the soonest trial among those that are open
 * @param trials let through by the half-open circuit that is furthest along
 * @param trialLimit how many it may let through
 * @param refusing how many circuits refuse calls
 * @param refused calls turned away since they opened
 * @param note the words of whoever holds one open
 */
public record BreakerMark(
        BreakerState state,
        @Nullable Instant since,
        @Nullable Instant nextProbe,
        int trials,
        int trialLimit,
        int refusing,
        int circuits,
        long refused,
        @Nullable String note) {

    /** One pass and no streams: a large mesh has thousands of circuits, twice a second. */
    static BreakerMark of(EdgeStatus edge, List<BreakerStatus> circuits) {
        Instant since = null;
        Instant nextProbe = null;
        String note = null;
        int trials = 0;
        int trialLimit = 0;
        long refused = 0;
        for (BreakerStatus circuit : circuits) {
            refused += circuit.refused();
            nextProbe = earlier(nextProbe, circuit.nextProbe());
            if (circuit.state() == edge.breaker()) {
                since = earlier(since, circuit.since());
                note = note == null ? circuit.note() : note;
                if (circuit.state() == BreakerState.HALF_OPEN && circuit.trialsAdmitted() >= trials) {
                    trials = circuit.trialsAdmitted();
                    trialLimit = circuit.config().halfOpenRequests();
                }
            }
        }
        return new BreakerMark(
                edge.breaker(),
                since,
                nextProbe,
                trials,
                trialLimit,
                edge.openCircuits(),
                edge.circuits(),
                refused,
                note);
    }

    private static @Nullable Instant earlier(@Nullable Instant one, @Nullable Instant other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.isBefore(other) ? one : other;
    }

    /** Whether no call passes: every circuit refuses. */
    public boolean severed() {
        return state.refuses() && circuits > 0 && refusing >= circuits;
    }
}
