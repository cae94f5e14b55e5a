package io.signalbox.console.widget;

import io.signalbox.mesh.time.Scheduler;
import java.time.Duration;
import java.util.List;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/**
 * A pane that shows its content or the reason why there is none.
 *
 * <p>While it is stale the content stays, greyed: what was true is still worth reading.
 */
public final class StateHost extends StackPane {

    private static final Duration UNTIL_SKELETON = Duration.ofMillis(300);
    private static final PseudoClass STALE = PseudoClass.getPseudoClass("stale");

    private final Node content;
    private final Scheduler scheduler;
    private final ObjectProperty<ViewState> state = new SimpleObjectProperty<>(this, "state", new ViewState.Ready());
    private final BooleanProperty stale = new SimpleBooleanProperty(this, "stale");
    private Scheduler.Cancellable skeleton = () -> {};

    public StateHost(Node content, Scheduler scheduler) {
        this.content = content;
        this.scheduler = scheduler;
        getStyleClass().add("mesh-state-host");
        getChildren().add(content);
        state.subscribe((before, now) -> show(now));
        stale.subscribe((before, now) -> content.pseudoClassStateChanged(STALE, now));
        content.getStyleClass().add("mesh-may-be-stale");
    }

    public ObjectProperty<ViewState> stateProperty() {
        return state;
    }

    /** Whether the content is from before the connection broke. */
    public BooleanProperty staleProperty() {
        return stale;
    }

    private void show(ViewState now) {
        skeleton.cancel();
        switch (now) {
            case ViewState.Ready ready -> replace(null);
            case ViewState.Loading loading -> {
                replace(new Region());
                skeleton = scheduler.schedule(UNTIL_SKELETON, () -> replace(skeleton(loading)));
            }
            case ViewState.Progress progress -> replace(progress(progress));
            case ViewState.Empty empty -> replace(StatePane.empty(empty));
            case ViewState.Failed failed -> replace(StatePane.failed(failed));
            case ViewState.NothingMatches nothing -> replace(StatePane.nothingMatches(nothing));
            case ViewState.Crashed crashed -> replace(StatePane.crashed(crashed));
        }
    }

    private void replace(@Nullable Node shown) {
        if (shown == null) {
            getChildren().setAll(content);
        } else {
            getChildren().setAll(shown);
        }
    }

    private static Node skeleton(ViewState.Loading loading) {
        return loadingPane(loading.title());
    }

    private static Node progress(ViewState.Progress progress) {
        VBox pane = loadingPane(progress.title());
        Label words = new Label(progress.progress());
        words.getStyleClass().addAll("mesh-small", "mesh-muted");
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        HBox head = new HBox(
                space,
                words,
                new MeshButton(MeshButton.Kind.SECONDARY, progress.cancel().label())
                        .small()
                        .onPress(progress.cancel().run()));
        head.getStyleClass().add("mesh-buttons");
        head.setAlignment(Pos.CENTER_LEFT);
        head.getChildren().addFirst(pane.getChildren().removeFirst());
        ProgressBar bar = new ProgressBar(progress.share());
        bar.getStyleClass().add("mesh-progress");
        bar.setMaxWidth(Double.MAX_VALUE);
        pane.getChildren().addAll(0, List.of(head, bar));
        return pane;
    }

    private static VBox loadingPane(String title) {
        Label heading = new Label(title);
        heading.getStyleClass().add("mesh-h3");
        heading.setMinWidth(Region.USE_PREF_SIZE);
        Skeleton rows = new Skeleton();
        VBox.setVgrow(rows, Priority.ALWAYS);
        VBox pane = new VBox(heading, rows);
        pane.getStyleClass().add("mesh-loading");
        return pane;
    }
}
