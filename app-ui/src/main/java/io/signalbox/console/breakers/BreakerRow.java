package io.signalbox.console.breakers;

import io.signalbox.console.rows.History;
import io.signalbox.mesh.model.BreakerState;
import io.signalbox.mesh.model.status.BreakerStatus;
import java.time.Instant;
import java.util.OptionalDouble;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/** One circuit on screen: its newest status and its error rate, second by second. */
public final class BreakerRow {

    /** How many seconds are remembered. */
    public static final int SECONDS = 120;

    private static final int EJECTED_RANK = 3;

    private final String id;
    private final ReadOnlyObjectWrapper<BreakerStatus> status;
    private final History errorShare = new History(SECONDS);
    private long newestSecond = Long.MIN_VALUE;

    BreakerRow(BreakerStatus first) {
        id = first.id();
        status = new ReadOnlyObjectWrapper<>(this, "status", first);
    }

    void update(BreakerStatus newest, Instant at) {
        remember(errorShare(newest).orElse(Double.NaN), at.getEpochSecond());
        status.set(newest);
    }

    private void remember(double share, long second) {
        if (second <= newestSecond) {
            return;
        }
        long missed = newestSecond == Long.MIN_VALUE ? 0 : Math.min(second - newestSecond - 1, SECONDS);
        for (long i = 0; i < missed; i++) {
            errorShare.add(Double.NaN);
        }
        errorShare.add(share);
        newestSecond = second;
    }

    public String id() {
        return id;
    }

    public BreakerStatus current() {
        return status.get();
    }

    public ReadOnlyObjectProperty<BreakerStatus> status() {
        return status.getReadOnlyProperty();
    }

    /** The error share of each second, oldest first, 0..1; {@code NaN} where there were no calls. */
    public double[] errorHistory() {
        return errorShare.values();
    }

    /** The share of the last minute's calls that failed; empty when there were none. */
    public OptionalDouble errorShare() {
        return errorShare(current());
    }

    /** Worst first: open, forced open, half-open, closed with an ejected endpoint, closed, disabled. */
    int rank() {
        return rankOf(current().state(), current().ejection() == null ? 0 : 1);
    }

    static int rankOf(BreakerState state, int ejected) {
        return ejected == 0 ? rankOf(state) : Math.min(rankOf(state), EJECTED_RANK);
    }

    static int rankOf(BreakerState state) {
        return switch (state) {
            case OPEN -> 0;
            case FORCED_OPEN -> 1;
            case HALF_OPEN -> 2;
            case CLOSED -> EJECTED_RANK + 1;
            case DISABLED -> EJECTED_RANK + 2;
        };
    }

    private static OptionalDouble errorShare(BreakerStatus status) {
        return status.calls() == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of((double) status.failures() / status.calls());
    }
}
