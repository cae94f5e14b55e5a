package io.signalbox.console.services;

import io.signalbox.mesh.model.status.BreakerStatus;
import io.signalbox.mesh.model.status.EjectionStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * How an instance does at some moment, and which callers leave it out; the worse comes first.
 *
 * @param callers the circuits to it of all callers
 */
record Standing(InstanceState state, List<BreakerStatus> callers, Instant now) implements Comparable<Standing> {

    Standing {
        callers = List.copyOf(callers);
    }

    /** What matters most: that an instance is taken out or failing, then that somebody leaves it out. */
    static Standing of(InstanceState state, List<BreakerStatus> callers, Instant now) {
        boolean ejected = callers.stream().anyMatch(caller -> caller.ejection() != null);
        boolean better = state.compareTo(InstanceState.EJECTED) > 0;
        return new Standing(ejected && better ? InstanceState.EJECTED : state, callers, now);
    }

    /** The circuits of those who leave it out. */
    List<BreakerStatus> ejecting() {
        return callers.stream().filter(caller -> caller.ejection() != null).toList();
    }

    /** How long until the last of them calls it again. */
    Duration left() {
        return callers.stream()
                .map(BreakerStatus::ejection)
                .filter(Objects::nonNull)
                .map(EjectionStatus::until)
                .max(Instant::compareTo)
                .map(until -> Duration.between(now, until))
                .filter(Duration::isPositive)
                .orElse(Duration.ZERO);
    }

    @Override
    public int compareTo(Standing other) {
        return state.compareTo(other.state);
    }
}
