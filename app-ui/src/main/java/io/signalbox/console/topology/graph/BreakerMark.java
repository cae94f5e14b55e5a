package io.signalbox.console.topology.graph;

import io.signalbox.mesh.model.BreakerState;
import io.signalbox.mesh.model.status.BreakerStatus;
import io.signalbox.mesh.model.status.EdgeStatus;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
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

    static BreakerMark of(EdgeStatus edge, List<BreakerStatus> circuits) {
        List<BreakerStatus> worst =
                circuits.stream().filter(one -> one.state() == edge.breaker()).toList();
        @Nullable
        Instant since = worst.stream()
                .map(BreakerStatus::since)
                .min(Comparator.naturalOrder())
                .orElse(null);
        @Nullable
        Instant nextProbe = circuits.stream()
                .map(BreakerStatus::nextProbe)
                .filter(Objects::nonNull)
                .min(Comparator.naturalOrder())
                .orElse(null);
        @Nullable
        BreakerStatus furthest = worst.stream()
                .filter(one -> one.state() == BreakerState.HALF_OPEN)
                .max(Comparator.comparingInt(BreakerStatus::trialsAdmitted))
                .orElse(null);
        return new BreakerMark(
                edge.breaker(),
                since,
                nextProbe,
                furthest == null ? 0 : furthest.trialsAdmitted(),
                furthest == null ? 0 : furthest.config().halfOpenRequests(),
                edge.openCircuits(),
                edge.circuits(),
                circuits.stream().mapToLong(BreakerStatus::refused).sum(),
                worst.stream()
                        .map(BreakerStatus::note)
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null));
    }

    /** Whether no call passes: every circuit refuses. */
    public boolean severed() {
        return state.refuses() && circuits > 0 && refusing >= circuits;
    }
}
