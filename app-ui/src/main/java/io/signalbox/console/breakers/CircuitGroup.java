package io.signalbox.console.breakers;

import io.signalbox.console.rows.KeyedRows;
import io.signalbox.mesh.model.BreakerState;
import io.signalbox.mesh.model.EdgeId;
import io.signalbox.mesh.model.status.BreakerStatus;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.collections.ObservableList;
import javafx.collections.transformation.FilteredList;

/** The circuits of one edge on screen, worst first. Belongs to the user-interface thread. */
public final class CircuitGroup {

    private static final Comparator<BreakerRow> WORST_FIRST =
            Comparator.comparingInt(BreakerRow::rank).thenComparing(BreakerRow::id);

    private final EdgeId edge;
    private final KeyedRows<String, Seen, BreakerRow> circuits = new KeyedRows<>(
            seen -> seen.status().id(),
            seen -> new BreakerRow(seen.status()),
            (row, seen) -> row.update(seen.status(), seen.at()));
    private final FilteredList<BreakerRow> shown = new FilteredList<>(circuits.rows());
    private final ReadOnlyObjectWrapper<Summary> summary;
    private final BooleanProperty expanded = new SimpleBooleanProperty(this, "expanded");
    private final BooleanSupplier mayOpen;
    private boolean troubled;

    /** @param mayOpen asked when the circuits begin to be in trouble: whether there is room for their tiles */
    CircuitGroup(EdgeId edge, BooleanSupplier mayOpen) {
        this.edge = edge;
        this.mayOpen = mayOpen;
        summary = new ReadOnlyObjectWrapper<>(this, "summary", Summary.of(List.of()));
    }

    /** Takes in the newest; a group that begins to be in trouble opens. */
    void update(List<BreakerStatus> newest, Instant at) {
        circuits.follow(newest.stream().map(status -> new Seen(status, at)).toList());
        summary.set(Summary.of(newest));
        boolean now = summary.get().troubled();
        if (now && !troubled && mayOpen.getAsBoolean()) {
            expanded.set(true);
        }
        troubled = now;
    }

    void order() {
        circuits.order(WORST_FIRST);
    }

    void filter(Predicate<BreakerRow> wanted) {
        shown.setPredicate(wanted);
    }

    int rank() {
        return BreakerRow.rankOf(summary.get().worst(), summary.get().ejected());
    }

    public EdgeId edge() {
        return edge;
    }

    /** The circuits that the filter leaves. */
    public ObservableList<BreakerRow> rows() {
        return shown;
    }

    /** All circuits, whatever the filter. */
    public ObservableList<BreakerRow> all() {
        return circuits.rows();
    }

    public ReadOnlyObjectProperty<Summary> summary() {
        return summary.getReadOnlyProperty();
    }

    /** Whether the tiles of the group are shown. */
    public BooleanProperty expanded() {
        return expanded;
    }

    private record Seen(BreakerStatus status, Instant at) {}

    /**
     * The circuits of an edge together.
     *
     * @param worst of their states; closed when there is none
     * @param refusing how many refuse calls now
     * @param ejected how many endpoints the callers leave out
     * @param calls let through in the last minute
     * @param failures of those
     * @param refused since each last opened
     */
    public record Summary(
            BreakerState worst, int circuits, int refusing, int ejected, long calls, long failures, long refused) {

        static Summary of(List<BreakerStatus> all) {
            return new Summary(
                    all.stream()
                            .map(BreakerStatus::state)
                            .min(Comparator.comparingInt(BreakerRow::rankOf))
                            .orElse(BreakerState.CLOSED),
                    all.size(),
                    (int) all.stream().filter(one -> one.state().refuses()).count(),
                    (int) all.stream().filter(one -> one.ejection() != null).count(),
                    all.stream().mapToLong(BreakerStatus::calls).sum(),
                    all.stream().mapToLong(BreakerStatus::failures).sum(),
                    all.stream()
                            .filter(one -> one.state() != BreakerState.CLOSED)
                            .mapToLong(BreakerStatus::refused)
                            .sum());
        }

        boolean troubled() {
            return ejected > 0 || (worst != BreakerState.CLOSED && worst != BreakerState.DISABLED);
        }
    }
}
