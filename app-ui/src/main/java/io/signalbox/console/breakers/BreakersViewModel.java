package io.signalbox.console.breakers;

import io.signalbox.console.control.Commands;
import io.signalbox.console.control.Outcome;
import io.signalbox.console.rows.KeyedRows;
import io.signalbox.mesh.model.BreakerCommand;
import io.signalbox.mesh.model.BreakerState;
import io.signalbox.mesh.model.ChangeNote;
import io.signalbox.mesh.model.EdgeId;
import io.signalbox.mesh.model.status.BreakerStatus;
import io.signalbox.mesh.model.status.MeshSnapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
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

/**
 * All circuits of the mesh by edge, worst first, filtered by name and by state. Belongs to the user-interface thread.
 */
public final class BreakersViewModel {

    /** At first edges are opened until this many tiles are shown; later those that come into trouble. */
    static final int TILES_AT_FIRST = 10;

    /** While so many tiles are shown, no edge opens by itself. */
    private static final int TILES_BY_ITSELF = 60;

    private static final Comparator<CircuitGroup> WORST_FIRST =
            Comparator.comparingInt(CircuitGroup::rank).thenComparing(CircuitGroup::edge);

    private final Commands commands;
    private final String by;
    private final KeyedRows<EdgeId, Circuits, CircuitGroup> all = new KeyedRows<>(
            Circuits::edge,
            circuits -> new CircuitGroup(circuits.edge(), this::hasRoom),
            (group, circuits) -> group.update(circuits.all(), circuits.at()));
    private final FilteredList<CircuitGroup> shown = new FilteredList<>(all.rows());
    private final StringProperty filter = new SimpleStringProperty(this, "filter", "");
    private final ObjectProperty<Optional<BreakerState>> only =
            new SimpleObjectProperty<>(this, "only", Optional.empty());
    private final ObjectProperty<@Nullable BreakerRow> selected = new SimpleObjectProperty<>(this, "selected", null);
    private final ReadOnlyObjectWrapper<Map<BreakerState, Integer>> counts =
            new ReadOnlyObjectWrapper<>(this, "counts", Map.of());
    private boolean held;

    /** @param by whose name the changes carry */
    public BreakersViewModel(Commands commands, String by) {
        this.commands = commands;
        this.by = by;
        filter.subscribe((old, text) -> refilter());
        only.subscribe((old, state) -> refilter());
    }

    public void update(MeshSnapshot snapshot) {
        boolean first = all.rows().isEmpty();
        Map<EdgeId, List<BreakerStatus>> byEdge = new LinkedHashMap<>();
        Map<BreakerState, Integer> counted = new EnumMap<>(BreakerState.class);
        for (BreakerStatus breaker : snapshot.breakers()) {
            byEdge.computeIfAbsent(breaker.edge(), edge -> new ArrayList<>()).add(breaker);
            counted.merge(breaker.state(), 1, Integer::sum);
        }
        all.follow(byEdge.entrySet().stream()
                .map(entry -> new Circuits(entry.getKey(), entry.getValue(), snapshot.at()))
                .toList());
        counts.set(Map.copyOf(counted));
        if (!held) {
            order();
        }
        if (first) {
            openFirst();
        }
        if (isFiltering()) {
            refilter();
        }
        BreakerRow chosen = selected.get();
        if (chosen != null && find(chosen.id()).isEmpty()) {
            selected.set(null);
        }
    }

    /** Keeps the tiles where they are, as while the pointer is over them; {@link #release} sorts again. */
    public void hold() {
        held = true;
    }

    public void release() {
        held = false;
        order();
    }

    /**
     * Moves circuits by hand.
     *
     * @param circuits an edge or one circuit
     */
    public void command(String circuits, BreakerCommand command, String reason, Consumer<Outcome> told) {
        ChangeNote note = new ChangeNote(by, reason);
        commands.run(mesh -> mesh.commandBreaker(circuits, command, note), told);
    }

    /** The edges that the filter leaves something of. */
    public ObservableList<CircuitGroup> groups() {
        return shown;
    }

    /** The circuits that the filter leaves, in the order of the groups. */
    public List<BreakerRow> rows() {
        return shown.stream().flatMap(group -> group.rows().stream()).toList();
    }

    public int total() {
        return all.rows().stream().mapToInt(group -> group.all().size()).sum();
    }

    /** A circuit by its id, whatever the filter. */
    public Optional<BreakerRow> find(String id) {
        return all.rows().stream()
                .flatMap(group -> group.all().stream())
                .filter(row -> row.id().equals(id))
                .findFirst();
    }

    /** The edge that a circuit belongs to. */
    public Optional<CircuitGroup> groupOf(EdgeId edge) {
        return all.rows().stream().filter(group -> group.edge().equals(edge)).findFirst();
    }

    /** Words that must all occur in the circuit's id, and {@code state:open}, {@code err>1%}. */
    public StringProperty filter() {
        return filter;
    }

    /** The one state that is shown, or empty for every state. */
    public ObjectProperty<Optional<BreakerState>> only() {
        return only;
    }

    /** Whether a filter is set; groups are then shown open. */
    public boolean isFiltering() {
        return only.get().isPresent() || !filter.get().isBlank();
    }

    /** The circuit that is looked at closely, or {@code null}. */
    public ObjectProperty<@Nullable BreakerRow> selected() {
        return selected;
    }

    /** How many circuits are in each state, before any filter; states with none are absent. */
    public ReadOnlyObjectProperty<Map<BreakerState, Integer>> counts() {
        return counts.getReadOnlyProperty();
    }

    private void order() {
        all.rows().forEach(CircuitGroup::order);
        all.order(WORST_FIRST);
    }

    /** Whether another edge may open by itself, as all would in a mesh where everything fails. */
    private boolean hasRoom() {
        return all.rows().stream()
                        .filter(group -> group.expanded().get())
                        .mapToInt(group -> group.all().size())
                        .sum()
                < TILES_BY_ITSELF;
    }

    private void openFirst() {
        int tiles = 0;
        for (CircuitGroup group : all.rows()) {
            if (tiles < TILES_AT_FIRST) {
                tiles += group.all().size();
                group.expanded().set(true);
            }
        }
    }

    private void refilter() {
        Predicate<BreakerRow> byText = BreakerFilter.parse(filter.get().strip().toLowerCase(Locale.ROOT));
        Predicate<BreakerRow> wanted = byText.and(
                row -> only.get().map(state -> row.current().state() == state).orElse(true));
        all.rows().forEach(group -> group.filter(wanted));
        shown.setPredicate(group -> group.all().stream().anyMatch(wanted));
    }

    private record Circuits(EdgeId edge, List<BreakerStatus> all, Instant at) {}
}
