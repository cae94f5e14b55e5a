package io.signalbox.console.breakers;

import io.signalbox.console.rows.History;
import io.signalbox.mesh.model.BreakerState;
import io.signalbox.mesh.model.status.BreakerStatus;
import java.util.OptionalDouble;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/** One circuit on screen: its newest status and its error rate over time. */
public final class BreakerRow {

    /** Two minutes at two snapshots a second. */
    private static final int SAMPLES = 240;

    private final String id;
    private final ReadOnlyObjectWrapper<BreakerStatus> status;
    private final History errorShare = new History(SAMPLES);

    BreakerRow(BreakerStatus first) {
        id = first.id();
        status = new ReadOnlyObjectWrapper<>(this, "status", first);
    }

    void update(BreakerStatus newest) {
        errorShare.add(errorShare(newest).orElse(0));
        status.set(newest);
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

    /** The error share at each snapshot, oldest first, 0..1. */
    public double[] errorHistory() {
        return errorShare.values();
    }

    /** The share of the last minute's calls that failed; empty when there were none. */
    public OptionalDouble errorShare() {
        return errorShare(current());
    }

    /** Worst first: open, forced open, half-open, closed, disabled. */
    int rank() {
        return rankOf(current().state());
    }

    private static int rankOf(BreakerState state) {
        return switch (state) {
            case OPEN -> 0;
            case FORCED_OPEN -> 1;
            case HALF_OPEN -> 2;
            case CLOSED -> 3;
            case DISABLED -> 4;
        };
    }

    private static OptionalDouble errorShare(BreakerStatus status) {
        return status.calls() == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of((double) status.failures() / status.calls());
    }
}
