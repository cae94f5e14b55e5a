package io.signalbox.console.breakers;

import io.signalbox.console.control.Commands;
import io.signalbox.console.control.Outcome;
import io.signalbox.console.rows.KeyedRows;
import io.signalbox.mesh.model.BreakerCommand;
import io.signalbox.mesh.model.BreakerState;
import io.signalbox.mesh.model.ChangeNote;
import io.signalbox.mesh.model.status.BreakerStatus;
import io.signalbox.mesh.model.status.MeshSnapshot;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.ObservableList;
import javafx.collections.transformation.FilteredList;
import org.jspecify.annotations.Nullable;

/** All circuits of the mesh, worst first, filtered by name and by state. Belongs to the user-interface thread. */
public final class BreakersViewModel {

    private static final Comparator<BreakerRow> WORST_FIRST =
            Comparator.comparingInt(BreakerRow::rank).thenComparing(BreakerRow::id);

    private final Commands commands;
    private final KeyedRows<String, BreakerStatus, BreakerRow> all =
            new KeyedRows<>(BreakerStatus::id, BreakerRow::new, BreakerRow::update);
    private final FilteredList<BreakerRow> shown = new FilteredList<>(all.rows());
    private final StringProperty filter = new SimpleStringProperty(this, "filter", "");
    private final ObjectProperty<@Nullable BreakerState> only = new SimpleObjectProperty<>(this, "only", null);
    private final ReadOnlyObjectWrapper<Map<BreakerState, Integer>> counts =
            new ReadOnlyObjectWrapper<>(this, "counts", Map.of());
    private boolean held;

    public BreakersViewModel(Commands commands) {
        this.commands = commands;
        filter.addListener((property, old, text) -> refilter());
        only.addListener((property, old, state) -> refilter());
    }

    public void update(MeshSnapshot snapshot) {
        all.follow(snapshot.breakers());
        Map<BreakerState, Integer> counted = new EnumMap<>(BreakerState.class);
        snapshot.breakers().forEach(breaker -> counted.merge(breaker.state(), 1, Integer::sum));
        counts.set(counted);
        if (!held) {
            all.order(WORST_FIRST);
        }
        if (only.get() != null) {
            refilter();
        }
    }

    /** Keeps the tiles where they are, as while the pointer is over them; {@link #release} sorts again. */
    public void hold() {
        held = true;
    }

    public void release() {
        held = false;
        all.order(WORST_FIRST);
    }

    /**
     * Moves circuits by hand.
     *
     * @param circuits an edge or one circuit
     */
    public void command(String circuits, BreakerCommand command, ChangeNote note, Consumer<Outcome> told) {
        commands.run(mesh -> mesh.commandBreaker(circuits, command, note), told);
    }

    public ObservableList<BreakerRow> rows() {
        return shown;
    }

    public int total() {
        return all.rows().size();
    }

    /** Words that must all occur in the circuit's id, and {@code state:open}, {@code err>1%}. */
    public StringProperty filter() {
        return filter;
    }

    /** The one state that is shown, or {@code null} for every state. */
    public ObjectProperty<@Nullable BreakerState> only() {
        return only;
    }

    /** How many circuits are in each state, before any filter; states with none are absent. */
    public ReadOnlyObjectProperty<Map<BreakerState, Integer>> counts() {
        return counts.getReadOnlyProperty();
    }

    private void refilter() {
        Predicate<BreakerRow> byText = BreakerFilter.parse(filter.get().strip().toLowerCase(Locale.ROOT));
        BreakerState state = only.get();
        shown.setPredicate(byText.and(row -> state == null || row.current().state() == state));
    }
}
