package io.signalbox.console.breakers;

import io.signalbox.console.screen.Growing;
import io.signalbox.console.screen.Page;
import io.signalbox.console.screen.Workbench;
import io.signalbox.console.shell.ScreenId;
import io.signalbox.console.widget.FilterField;
import io.signalbox.console.widget.Lamp;
import io.signalbox.console.widget.LampState;
import io.signalbox.console.widget.Segmented;
import io.signalbox.mesh.model.BreakerState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.scene.Node;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** The board of circuits: the filters above, a group for each edge, and the detail of the one that was chosen. */
final class BreakersView {

    /** Edges that are shown without being asked for more. */
    private static final int PAGE = 30;

    /** Edges that come in at once. */
    private static final int STEP = 4;

    private final BreakersViewModel model;
    private final Workbench bench;
    private final BreakerWords words;
    private final CircuitActions actions;
    private final StringProperty blocked = new SimpleStringProperty(this, "blocked", "");
    private final Page page;
    private final FilterField filter;
    private final Segmented<Optional<BreakerState>> states;
    private final VBox groups = new VBox();
    private final ScrollPane scroll;
    private final Map<CircuitGroup, GroupView> views = new HashMap<>();
    private final Growing growing;
    private @Nullable CircuitDetail detail;

    BreakersView(BreakersViewModel model, Workbench bench) {
        this.model = model;
        this.bench = bench;
        words = new BreakerWords(bench.texts(), bench.formats());
        actions = new CircuitActions(model, bench, words, blocked);
        groups.getStyleClass().add("breakers-groups");
        growing = new Growing(PAGE, STEP, bench, this::refresh);
        scroll = Page.scrolling(groups);
        page = new Page(bench, ScreenId.BREAKERS, scroll);
        page.getStylesheets()
                .add(Objects.requireNonNull(BreakersView.class.getResource("breakers.css"))
                        .toExternalForm());
        filter = new FilterField(bench.texts().get("breakers.filter"));
        filter.textProperty().bindBidirectional(model.filter());
        states = new Segmented<>(choices());
        states.valueProperty().bindBidirectional(model.only());
        page.with(filter, states);
        groups.setOnMouseEntered(event -> model.hold());
        groups.setOnMouseExited(event -> {
            model.release();
            refresh();
        });
        model.filter().subscribe((before, now) -> refresh());
        model.only().subscribe((before, now) -> refresh());
        model.selected().subscribe((before, now) -> selected(now));
    }

    Page page() {
        return page;
    }

    FilterField filter() {
        return filter;
    }

    void block(String why) {
        blocked.set(why);
    }

    /** Builds no more tiles while nobody looks. */
    void rest() {
        growing.rest();
    }

    /** Follows the model; what already stands where it belongs is not touched. */
    void refresh() {
        List<CircuitGroup> wanted = model.groups();
        views.entrySet().removeIf(entry -> {
            boolean gone = model.groupOf(entry.getKey().edge()).isEmpty();
            if (gone) {
                entry.getValue().close();
            }
            return gone;
        });
        GroupView.Showing how = model.isFiltering() ? GroupView.Showing.OPENED : GroupView.Showing.AS_LEFT;
        List<Node> nodes = new ArrayList<>();
        for (CircuitGroup group : wanted.subList(0, growing.of(wanted.size()))) {
            GroupView view =
                    views.computeIfAbsent(group, fresh -> new GroupView(fresh, words, actions, (row, of) -> tile(row)));
            view.show(how, detail);
            nodes.add(view);
        }
        nodes.add(growing.bar());
        if (!nodes.equals(groups.getChildren())) {
            groups.getChildren().setAll(nodes);
        }
        CircuitDetail shown = detail;
        if (shown != null) {
            shown.draw();
        }
        counts();
        page.showResult(filter, narrowing(), model.rows().size(), model.total(), this::clear);
        tick();
    }

    void tick() {
        Instant now = now();
        views.values().forEach(view -> view.tick(now));
        CircuitDetail shown = detail;
        if (shown != null) {
            shown.tick(now);
        }
    }

    /** Looks at a circuit closely, where it stands. */
    void choose(BreakerRow row) {
        model.groupOf(row.current().edge()).ifPresent(this::open);
        model.selected().set(row);
    }

    /** Opens an edge's group and brings it into sight. */
    void open(CircuitGroup group) {
        if (!model.groups().contains(group)) {
            clear();
        }
        group.expanded().set(true);
        growing.reach(model.groups().indexOf(group) + 1);
        refresh();
        GroupView view = views.get(group);
        if (view != null) {
            groups.applyCss();
            groups.layout();
            double room = groups.getHeight() - scroll.getViewportBounds().getHeight();
            scroll.setVvalue(room <= 0 ? 0 : Math.clamp(view.getLayoutY() / room, 0, 1));
        }
    }

    private void selected(@Nullable BreakerRow row) {
        CircuitDetail old = detail;
        if (old != null) {
            old.close();
        }
        detail = row == null
                ? null
                : new CircuitDetail(
                        row, words, bench, actions, () -> model.selected().set(null));
        refresh();
    }

    private CircuitTile tile(BreakerRow row) {
        return new CircuitTile(
                row,
                words,
                () -> actions.menu(row),
                () -> model.selected().set(row.equals(model.selected().get()) ? null : row));
    }

    /** The mesh's own time: what the newest picture said, and how long ago that came. */
    private Instant now() {
        return bench.feed()
                .snapshotProperty()
                .get()
                .map(picture -> bench.feed().age().map(picture.at()::plus).orElse(picture.at()))
                .orElseGet(() -> bench.clock().instant());
    }

    private void counts() {
        Map<BreakerState, Integer> counts = model.counts().get();
        states.setCount(Optional.empty(), words.count(model.total()));
        for (BreakerState state : BreakerState.values()) {
            states.setCount(Optional.of(state), words.count(counts.getOrDefault(state, 0)));
        }
    }

    private String narrowing() {
        String state = model.only().get().map(words::state).orElse("");
        return (model.filter().get().strip() + " " + state).strip();
    }

    private void clear() {
        model.filter().set("");
        model.only().set(Optional.empty());
    }

    private List<Segmented.Choice<Optional<BreakerState>>> choices() {
        List<Segmented.Choice<Optional<BreakerState>>> choices = new ArrayList<>();
        choices.add(Segmented.Choice.of(Optional.empty(), words.text("breakers.all")));
        for (BreakerState state : List.of(
                BreakerState.OPEN,
                BreakerState.FORCED_OPEN,
                BreakerState.HALF_OPEN,
                BreakerState.CLOSED,
                BreakerState.DISABLED)) {
            choices.add(Segmented.Choice.of(Optional.of(state), words.state(state), new Lamp(LampState.of(state))));
        }
        return choices;
    }
}
