package io.signalbox.console.breakers;

import io.signalbox.console.screen.Page;
import io.signalbox.console.widget.Icons;
import io.signalbox.console.widget.Lamp;
import io.signalbox.console.widget.LampState;
import io.signalbox.console.widget.MeshButton;
import io.signalbox.mesh.model.BreakerState;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.geometry.Side;
import javafx.scene.control.Button;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;

/** One edge's circuits: a header that opens and closes, with a lamp for each, and the tiles. */
final class GroupView extends VBox {

    private static final PseudoClass EXPANDED = PseudoClass.getPseudoClass("expanded");
    private static final int MOST_LAMPS = 12;

    /** Circuits that have a tile; the filter finds the others. */
    private static final int MOST_TILES = 36;

    private final CircuitGroup group;
    private final BreakerWords words;
    private final BiFunction<BreakerRow, CircuitGroup, CircuitTile> tileOf;
    private final Map<BreakerRow, CircuitTile> tiles = new HashMap<>();
    private final Button header = new Button();
    private final HBox chevron = new HBox();
    private final Label word = new Label();
    private final Label ejected = new Label();
    private final HBox lamps = new HBox();
    private final Label failed = new Label();
    private final Label rate = new Label();
    private final Label count = new Label();
    private final TileBoard board = new TileBoard();
    private final Label left = new Label();
    private final Subscription following;
    private boolean forcedOpen;
    private @Nullable CircuitDetail detail;

    GroupView(
            CircuitGroup group,
            BreakerWords words,
            CircuitActions actions,
            BiFunction<BreakerRow, CircuitGroup, CircuitTile> tileOf) {
        this.group = group;
        this.words = words;
        this.tileOf = tileOf;
        getStyleClass().add("breakers-group");
        setId("edge-" + group.edge());
        left.getStyleClass().addAll("mesh-small", "mesh-muted", "breakers-left");
        getChildren().addAll(head(actions), board, left);
        following = group.summary()
                .subscribe(now -> showSummary())
                .and(group.expanded().subscribe(now -> show()));
    }

    void close() {
        following.unsubscribe();
        tiles.values().forEach(CircuitTile::close);
        tiles.clear();
    }

    /** Shows the tiles that the filter leaves, opened if something is filtered, and one circuit's detail. */
    void show(Showing how, @Nullable CircuitDetail newDetail) {
        forcedOpen = how == Showing.OPENED;
        detail = newDetail;
        show();
    }

    void tick(Instant now) {
        tiles.values().forEach(tile -> tile.tick(now));
    }

    Optional<CircuitTile> tile(BreakerRow row) {
        return Optional.ofNullable(tiles.get(row));
    }

    private HBox head(CircuitActions actions) {
        Label name = new Label(words.name(group.edge()));
        name.getStyleClass().addAll("mesh-h3", "mesh-semibold", "breakers-edge");
        failed.getStyleClass().addAll("mesh-small", "mesh-muted", "breakers-failed");
        rate.getStyleClass().addAll("mesh-mono", "mesh-small", "breakers-rate");
        count.getStyleClass().addAll("mesh-small", "mesh-muted", "breakers-count");
        ejected.getStyleClass().addAll("mesh-small", "mesh-medium", "mesh-warn-text");
        lamps.getStyleClass().add("breakers-lamps");
        lamps.setAlignment(Pos.CENTER_LEFT);
        chevron.setAlignment(Pos.CENTER);
        HBox content = new HBox(chevron, name, lamps, word, ejected, Page.space(), count, failed, rate);
        content.getStyleClass().add("breakers-header-content");
        content.setAlignment(Pos.CENTER_LEFT);
        header.setGraphic(content);
        header.setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
        header.getStyleClass().setAll("breakers-header", "mesh-focusable");
        header.setMaxWidth(Double.MAX_VALUE);
        content.prefWidthProperty().bind(header.widthProperty());
        header.setOnAction(event -> group.expanded().set(!group.expanded().get()));
        HBox.setHgrow(header, Priority.ALWAYS);
        MeshButton more = MeshButton.iconOnly(
                        MeshButton.Kind.QUIET,
                        "fth-more-horizontal",
                        words.text("breakers.menu", words.name(group.edge())))
                .small();
        more.setOnAction(event -> menu(actions).show(more, Side.BOTTOM, 0, 0));
        header.setOnContextMenuRequested(event -> menu(actions).show(header, event.getScreenX(), event.getScreenY()));
        HBox head = new HBox(header, more);
        head.getStyleClass().add("screen-pair");
        head.setAlignment(Pos.CENTER_LEFT);
        return head;
    }

    private ContextMenu menu(CircuitActions actions) {
        return actions.menu(group);
    }

    private void showSummary() {
        CircuitGroup.Summary now = group.summary().get();
        LampState state = LampState.of(now.worst());
        boolean calm = now.worst() == BreakerState.CLOSED;
        word.setText(calm ? "" : words.state(now.worst()));
        word.getStyleClass().setAll("label", "mesh-small", "mesh-medium", state.textStyle());
        ejected.setText(now.ejected() == 0 ? "" : words.text("breakers.ejected.some", words.count(now.ejected())));
        count.setText(words.circuits(now.circuits()));
        failed.setText(
                now.calls() == 0
                        ? words.text("breakers.failed.quiet")
                        : words.text("breakers.failed.share", words.failedShare(now)));
        failed.setTooltip(
                new Tooltip(words.text("breakers.failed.of", words.count(now.failures()), words.count(now.calls()))));
        rate.setText(words.rate(now.calls()));
        lamps();
        header.setAccessibleText(words.text(
                "breakers.group.spoken",
                group.edge().source(),
                group.edge().destination(),
                words.count(now.circuits()),
                words.state(now.worst())));
        show();
    }

    private void lamps() {
        List<BreakerRow> rows = group.all();
        int wanted = Math.min(rows.size(), MOST_LAMPS);
        while (lamps.getChildren().size() > wanted) {
            lamps.getChildren().removeLast();
        }
        for (int i = 0; i < wanted; i++) {
            LampState state = LampState.of(rows.get(i).current().state());
            if (i == lamps.getChildren().size()) {
                lamps.getChildren().add(new Lamp(state));
            } else if (lamps.getChildren().get(i) instanceof Lamp lamp) {
                lamp.setState(state);
            }
        }
    }

    private void show() {
        boolean open = forcedOpen || group.expanded().get();
        pseudoClassStateChanged(EXPANDED, open);
        if (chevron.getChildren().isEmpty()
                || open != chevron.getChildren().getFirst().getId().equals("open")) {
            var icon = Icons.inline(open ? "fth-chevron-down" : "fth-chevron-right");
            icon.setId(open ? "open" : "closed");
            chevron.getChildren().setAll(icon);
        }
        board.setVisible(open);
        board.setManaged(open);
        int more = group.rows().size() - MOST_TILES;
        left.setText(words.text("breakers.left", words.count(Math.max(0, more))));
        left.setVisible(open && more > 0);
        left.setManaged(open && more > 0);
        if (open) {
            fill();
        }
    }

    private void fill() {
        List<BreakerRow> rows = group.rows();
        tiles.entrySet().removeIf(entry -> {
            boolean gone = !group.all().contains(entry.getKey());
            if (gone) {
                entry.getValue().close();
            }
            return gone;
        });
        List<CircuitTile> shown = rows.stream()
                .limit(MOST_TILES)
                .map(row -> tiles.computeIfAbsent(row, fresh -> tileOf.apply(fresh, group)))
                .toList();
        CircuitDetail chosen = detail;
        shown.forEach(CircuitTile::draw);
        shown.forEach(tile -> tile.select(chosen != null && tile.row().equals(chosen.row())));
        board.show(
                shown,
                shown.stream()
                        .filter(tile -> chosen != null && tile.row().equals(chosen.row()))
                        .findFirst()
                        .map(tile -> new TileBoard.Panel(tile, Objects.requireNonNull(chosen))));
    }

    /** Whether a group is shown as its person left it, or opened for a filter. */
    enum Showing {
        AS_LEFT,
        OPENED
    }
}
