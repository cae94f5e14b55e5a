package io.signalbox.console.breakers;

import io.signalbox.console.screen.Page;
import io.signalbox.console.widget.BreakerBlade;
import io.signalbox.console.widget.Lamp;
import io.signalbox.console.widget.LampState;
import io.signalbox.console.widget.MeshButton;
import io.signalbox.console.widget.Sparkline;
import io.signalbox.mesh.model.BreakerState;
import io.signalbox.mesh.model.status.BreakerStatus;
import io.signalbox.mesh.model.status.EjectionStatus;
import java.time.Instant;
import java.util.function.Supplier;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.geometry.Side;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;

/** One circuit as a tile: its state in a lamp, a word and a blade, a line that fits the state, and its errors. */
final class CircuitTile extends VBox {

    private static final PseudoClass SELECTED = PseudoClass.getPseudoClass("selected");

    private static final PseudoClass EJECTED = PseudoClass.getPseudoClass("ejected");

    private final BreakerRow row;
    private final BreakerWords words;
    private final Label name = new Label();
    private final Lamp lamp = new Lamp(LampState.CLOSED);
    private final Label word = new Label();
    private final Label ejected = new Label();
    private final Tooltip why = new Tooltip();
    private final BreakerBlade blade = new BreakerBlade(LampState.CLOSED);
    private final HBox middle = new HBox();
    private final Label since = small();
    private final ProgressBar wait = new ProgressBar();
    private final Label figure = new Label();
    private final TrialRings rings = new TrialRings();
    private final Label failed = new Label();
    private final Label failedUnit = small();
    private final Sparkline errors = new Sparkline();
    private final HBox share = new HBox(failed, failedUnit);
    private final HBox foot = line(share, Page.space(), errors);
    private final Label needs = small();
    private final Label refused = small();
    private final Subscription following;
    private @Nullable Filled filledFor;

    CircuitTile(BreakerRow row, BreakerWords words, Supplier<ContextMenu> menu, Runnable choose) {
        this.row = row;
        this.words = words;
        getStyleClass().addAll("circuit-tile", "mesh-focusable");
        setFocusTraversable(true);
        setAccessibleRole(AccessibleRole.BUTTON);
        setId("circuit-" + row.id());
        name.getStyleClass().add("mesh-semibold");
        name.setTextOverrun(OverrunStyle.CENTER_ELLIPSIS);
        lamp.getStyleClass().add("mesh-lamp-tile");
        failed.setMinWidth(Region.USE_PREF_SIZE);
        failedUnit.setMinWidth(Region.USE_PREF_SIZE);
        failed.getStyleClass().addAll("mesh-mono-medium", "circuit-figure");
        figure.getStyleClass().addAll("mesh-mono", "mesh-small");
        figure.setMinWidth(Region.USE_PREF_SIZE);
        word.setMinWidth(Region.USE_PREF_SIZE);
        ejected.setMinWidth(Region.USE_PREF_SIZE);
        blade.managedProperty().bind(blade.visibleProperty());
        ejected.getStyleClass().addAll("mesh-small", "mesh-medium", "mesh-warn-text");
        wait.getStyleClass().add("circuit-wait");
        wait.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(wait, Priority.ALWAYS);
        middle.getStyleClass().add("circuit-line");
        middle.setAlignment(Pos.CENTER_LEFT);
        getChildren().addAll(head(menu), line(lamp, word, ejected, Page.space(), blade), middle, foot());
        actions(menu, choose);
        following = row.status().subscribe(this::show);
    }

    BreakerRow row() {
        return row;
    }

    void close() {
        following.unsubscribe();
    }

    void select(boolean chosen) {
        pseudoClassStateChanged(SELECTED, chosen);
    }

    /** Draws the errors up to the newest second, which may have come without any change of the status. */
    void draw() {
        errors.setColor(LampState.of(row.current().state()).fill());
        errors.setValues(row.errorHistory());
    }

    /** Moves the countdown on. */
    void tick(Instant now) {
        BreakerStatus status = row.current();
        EjectionStatus ejection = status.ejection();
        if (ejection != null) {
            ejected.setText(words.text("breakers.ejected.for", words.countdown(ejection, now)));
        }
        if (status.state() == BreakerState.OPEN) {
            figure.setText(words.countdown(status, now));
            wait.setProgress(BreakerWords.waitLeft(status, now));
        } else if (isOnlyEjected(status) && ejection != null) {
            figure.setText(words.rate(status.calls()));
            wait.setProgress(BreakerWords.waitLeft(ejection, now));
        }
    }

    private HBox head(Supplier<ContextMenu> menu) {
        MeshButton more = MeshButton.iconOnly(
                        MeshButton.Kind.QUIET,
                        "fth-more-horizontal",
                        words.text("breakers.menu", words.name(row.current())))
                .small();
        more.getStyleClass().add("circuit-more");
        more.setOnAction(event -> menu.get().show(more, Side.BOTTOM, 0, 0));
        more.addEventHandler(MouseEvent.MOUSE_CLICKED, MouseEvent::consume);
        return line(name, Page.space(), more);
    }

    private HBox foot() {
        share.getStyleClass().add("circuit-share");
        share.setAlignment(Pos.BASELINE_LEFT);
        foot.setAlignment(Pos.BOTTOM_LEFT);
        HBox.setHgrow(errors, Priority.SOMETIMES);
        errors.managedProperty().bind(errors.visibleProperty());
        widthProperty().subscribe(this::fit);
        VBox.setVgrow(foot, Priority.ALWAYS);
        return foot;
    }

    /** The line of the errors gives way where the words beside it take the room. */
    private void fit() {
        double room = getWidth() - getInsets().getLeft() - getInsets().getRight();
        double left = room - share.prefWidth(-1) - 2 * foot.getSpacing();
        errors.setVisible(room <= 0 || left >= errors.minWidth(-1));
    }

    private void actions(Supplier<ContextMenu> menu, Runnable choose) {
        setOnContextMenuRequested(event -> menu.get().show(this, event.getScreenX(), event.getScreenY()));
        setOnMouseClicked(event -> {
            if (event.getButton() == MouseButton.PRIMARY) {
                requestFocus();
                choose.run();
            }
        });
        addEventHandler(KeyEvent.KEY_PRESSED, event -> {
            boolean press = event.getCode() == KeyCode.ENTER || event.getCode() == KeyCode.SPACE;
            if (press && event.getTarget() == this) {
                event.consume();
                choose.run();
            }
        });
    }

    private void show(BreakerStatus status) {
        LampState state = LampState.of(status.state());
        name.setText(words.name(status));
        lamp.setState(state);
        blade.stateProperty().set(state);
        word.setText(words.state(status.state()));
        word.getStyleClass().setAll("label", "mesh-medium", state.textStyle());
        getStyleClass().removeIf(style -> style.startsWith("circuit-edge-"));
        switch (state) {
            case OPEN, FORCED -> getStyleClass().add("circuit-edge-danger");
            case HALF_OPEN -> getStyleClass().add("circuit-edge-warn");
            case CLOSED, DISABLED, INFO -> {
                if (status.ejection() != null) {
                    getStyleClass().add("circuit-edge-warn");
                }
            }
        }
        ejection(status);
        middle(status);
        failed.setText(words.failedShare(status));
        failedUnit.setText(
                status.state() == BreakerState.OPEN
                        ? words.text("breakers.failed.refused", words.count(status.refused()))
                        : words.text(status.calls() == 0 ? "breakers.failed.none" : "breakers.failed"));
        fit();
        setAccessibleText(words.spoken(status));
    }

    private void ejection(BreakerStatus status) {
        EjectionStatus ejection = status.ejection();
        if (ejection == null || ejected.getText().isEmpty()) {
            ejected.setText(ejection == null ? "" : words.text("breakers.ejected"));
        }
        why.setText(ejection == null ? "" : words.why(ejection));
        ejected.setTooltip(ejection == null ? null : why);
        // The lamp says the same; a narrow tile has no room for both words and a blade.
        blade.setVisible(ejection == null);
        wait.pseudoClassStateChanged(EJECTED, isOnlyEjected(status));
    }

    /** Whether nothing but its ejection keeps calls from the endpoint. */
    private static boolean isOnlyEjected(BreakerStatus status) {
        return status.ejection() != null && status.state() == BreakerState.CLOSED;
    }

    private void middle(BreakerStatus status) {
        Filled filling = new Filled(status.state(), isOnlyEjected(status));
        boolean same = filling.equals(filledFor);
        filledFor = filling;
        since.setText(words.since(status));
        switch (status.state()) {
            case OPEN -> fill(same, since, wait, figure);
            case FORCED_OPEN -> {
                String note = status.note();
                since.setText(note == null ? words.since(status) : words.text("breakers.note", note));
                since.setTooltip(new Tooltip(words.sentence(status)));
                refused.setText(words.text("breakers.refused", words.count(status.refused())));
                refused.setMinWidth(Region.USE_PREF_SIZE);
                fill(same, since, Page.space(), refused);
            }
            case HALF_OPEN -> {
                since.setText(words.text("breakers.trials"));
                rings.show(status);
                figure.setText(words.text(
                        "breakers.trials.of",
                        words.count(status.trialsAdmitted()),
                        words.count(status.config().halfOpenRequests())));
                needs.setText(words.text(
                        "breakers.trials.needs", words.count(status.config().successThreshold())));
                fill(same, since, rings, figure, Page.space(), needs);
            }
            case CLOSED -> {
                EjectionStatus ejection = status.ejection();
                figure.setText(words.rate(status.calls()));
                if (ejection == null) {
                    fill(same, since, Page.space(), figure);
                } else {
                    since.setText(words.ejection(ejection.reason()));
                    fill(same, since, wait, figure);
                }
            }
            case DISABLED -> {
                since.setText(words.text("breakers.none"));
                fill(same, since);
            }
        }
    }

    private void fill(boolean same, Node... nodes) {
        if (!same) {
            middle.getChildren().setAll(nodes);
        }
    }

    /** What the middle line was last made for. */
    private record Filled(BreakerState state, boolean ejected) {}

    private static HBox line(Node... nodes) {
        HBox line = new HBox(nodes);
        line.getStyleClass().add("circuit-line");
        line.setAlignment(Pos.CENTER_LEFT);
        return line;
    }

    private static Label small() {
        Label label = new Label();
        label.getStyleClass().addAll("mesh-small", "mesh-muted");
        return label;
    }
}
