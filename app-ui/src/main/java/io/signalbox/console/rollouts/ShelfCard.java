package io.signalbox.console.rollouts;

import io.signalbox.console.screen.Workbench;
import io.signalbox.console.shell.ScreenId;
import io.signalbox.console.widget.MeshButton;
import io.signalbox.mesh.model.status.RolloutStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javafx.scene.control.Label;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.VBox;

/** The shelf wall: who is served by which version, and how the last request of each ended. */
final class ShelfCard extends VBox {

    private final ShelfViewModel model;
    private final Workbench bench;
    private final ShelfGrid grid;
    private final Label count = RolloutPane.wrapped("mesh-caption", "mesh-muted");
    private final Label looked = RolloutPane.wrapped("mesh-small");
    private final FlowPane legend = new FlowPane();
    private final Label ofStable = caption();
    private final Label ofCandidate = caption();
    private final Label slow = RolloutPane.wrapped("mesh-caption", "mesh-muted");
    private final Label failed = caption();
    private final Label unshown = RolloutPane.wrapped("mesh-caption", "mesh-muted");
    private final Label nothing = RolloutPane.wrapped("mesh-muted");
    private final MeshButton policy;
    private Optional<RolloutStatus> shown = Optional.empty();

    ShelfCard(ShelfViewModel model, Workbench bench) {
        this.model = model;
        this.bench = bench;
        grid = new ShelfGrid(this::open, this::lookedAt);
        policy = new MeshButton(MeshButton.Kind.SECONDARY, text("rollouts.shelf.policy"), "fth-file-text")
                .small()
                .onPress(() ->
                        bench.shell().open(ScreenId.POLICIES, model.shelf().service()));
        Label title = new Label(text("rollouts.shelf"));
        title.getStyleClass().add("mesh-h3");
        failed.getStyleClass().add("mesh-danger-text");
        legend.getStyleClass().add("rollouts-shelf-legend");
        legend.getChildren().addAll(ofStable, ofCandidate, failed);
        for (Label sometimes : new Label[] {count, unshown, nothing, failed, slow}) {
            sometimes.managedProperty().bind(sometimes.visibleProperty());
        }
        policy.managedProperty().bind(policy.visibleProperty());
        grid.managedProperty().bind(grid.visibleProperty());
        VBox key = new VBox(legend, slow);
        key.managedProperty().bind(key.visibleProperty());
        key.visibleProperty().bind(grid.visibleProperty());
        looked.managedProperty().bind(looked.visibleProperty());
        managedProperty().bind(visibleProperty());
        getStyleClass().addAll("mesh-card", "rollouts-card");
        getChildren().addAll(title, count, nothing, policy, grid, looked, key, unshown);
        model.looks().subscribe(look -> draw());
    }

    void show(RolloutStatus rollout) {
        shown = Optional.of(rollout);
        draw();
    }

    private void draw() {
        Shelf shelf = model.shelf();
        Optional<RolloutStatus> rollout = shown.filter(one -> one.service().equals(shelf.service()));
        setVisible(rollout.isPresent());
        boolean some = !shelf.tiles().isEmpty();
        grid.setVisible(some);
        looked.setVisible(some);
        count.setVisible(some);
        nothing.setVisible(!some);
        policy.setVisible(!some && shelf.hasUnknown());
        nothing.setText(some ? "" : why(shelf));
        rollout.ifPresent(one -> fill(shelf, one));
    }

    private void fill(Shelf shelf, RolloutStatus rollout) {
        Instant now = bench.clock().instant();
        grid.show(shelf, rollout.candidate(), now);
        int all = shelf.tiles().size();
        List<Shelf.Tile> there = shelf.tiles().stream()
                .filter(tile -> !tile.ended().isBefore(now.minus(Shelf.GONE)))
                .toList();
        int gone = all - there.size();
        long onCandidate = there.stream()
                .filter(tile -> tile.version().equals(rollout.candidate()))
                .count();
        long failures = shelf.tiles().stream().filter(Shelf.Tile::failed).count();
        String callers =
                all == 0 ? "" : text("rollouts.shelf.count", bench.formats().count(all));
        count.setText(
                gone == 0
                        ? callers
                        : text(
                                "rollouts.shelf.count.gone",
                                callers,
                                bench.formats().count(gone),
                                bench.formats().span(Shelf.GONE)));
        ofStable.setText(
                text("rollouts.shelf.round", rollout.stable(), bench.formats().count(there.size() - onCandidate)));
        ofCandidate.setText(text(
                "rollouts.shelf.square", rollout.candidate(), bench.formats().count(onCandidate)));
        long slowNanos = shelf.slowNanos();
        slow.setVisible(slowNanos != Long.MAX_VALUE);
        slow.setText(
                slow.isVisible()
                        ? text(
                                "rollouts.shelf.slow",
                                bench.formats().latency(slowNanos),
                                bench.formats().span(Shelf.LONG_AGO))
                        : "");
        failed.setVisible(failures > 0);
        failed.setText(text("rollouts.shelf.failed", bench.formats().count(failures)));
        unshown.setVisible(shelf.unshown() > 0);
        unshown.setText(text(
                "rollouts.shelf.unshown",
                bench.formats().count(ShelfPlaces.MOST),
                bench.formats().count(shelf.unshown())));
        lookedAt();
    }

    private String why(Shelf shelf) {
        if (model.failure().isPresent()) {
            return text("rollouts.shelf.untold", model.failure().get());
        }
        return shelf.hasUnknown()
                ? text("rollouts.shelf.unknown", shelf.service())
                : text("rollouts.shelf.none", shelf.service());
    }

    private void lookedAt() {
        String words = grid.current().map(this::words).orElse(text("rollouts.shelf.hint"));
        looked.setText(words);
        grid.setAccessibleText(text("rollouts.shelf") + ": " + words);
    }

    private String words(Shelf.Tile tile) {
        Duration ago = Duration.between(tile.ended(), bench.clock().instant());
        return text(
                "rollouts.shelf.tile",
                tile.caller(),
                tile.version(),
                tile.last().status() == 0 ? "–" : Integer.toString(tile.last().status()),
                bench.formats().latency(tile.last().durationNanos()),
                bench.formats().age(ago));
    }

    private void open(Shelf.Tile tile) {
        String id = tile.last().id();
        bench.shell().open(ScreenId.REQUESTS, id == null ? tile.last().traceId() : id);
    }

    private static Label caption() {
        Label label = new Label();
        label.getStyleClass().addAll("mesh-caption", "mesh-muted");
        return label;
    }

    private String text(String key, Object... values) {
        return bench.texts().get(key, values);
    }
}
