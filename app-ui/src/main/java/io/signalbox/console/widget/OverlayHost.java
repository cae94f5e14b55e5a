package io.signalbox.console.widget;

import io.signalbox.console.text.Texts;
import io.signalbox.mesh.time.Scheduler;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.application.Platform;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import org.jspecify.annotations.Nullable;

/**
 * Content with what may be laid over it: one card at a time on a scrim, and toasts in the corner.
 *
 * <p>While a card is up the focus stays inside it, Escape or a click beside it leaves it, and the focus then returns to
 * where it was.
 */
public final class OverlayHost extends StackPane implements Overlays {

    private final Texts texts;
    private final Toasts toasts;
    private final ToastLayer toastLayer;
    private final StackPane scrim = new StackPane();
    private final ReadOnlyBooleanWrapper cardUp = new ReadOnlyBooleanWrapper(this, "cardUp");
    private Runnable onLeave = () -> {};
    private @Nullable Node focusBefore;

    public OverlayHost(Node content, Texts texts, Scheduler scheduler) {
        this.texts = texts;
        this.toasts = new Toasts(scheduler);
        getStyleClass().add("mesh-overlays");
        scrim.getStyleClass().add("mesh-scrim");
        scrim.setVisible(false);
        scrim.setOnMouseClicked(event -> {
            if (scrim.equals(event.getTarget())) {
                leave();
            }
        });
        scrim.addEventFilter(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.ESCAPE) {
                event.consume();
                leave();
            }
        });
        toastLayer = new ToastLayer(toasts, texts);
        getChildren().addAll(content, scrim, toastLayer);
        sceneProperty().flatMap(scene -> scene.focusOwnerProperty()).subscribe(this::keepFocusInside);
    }

    /** Whether a card is up. */
    public ReadOnlyBooleanProperty cardUpProperty() {
        return cardUp.getReadOnlyProperty();
    }

    /** Where the toasts appear, as a region that the focus can go to. */
    public Parent toastRegion() {
        return toastLayer;
    }

    public Toasts toasts() {
        return toasts;
    }

    @Override
    public void toast(Toast toast) {
        toasts.show(toast);
    }

    @Override
    public void ask(Question question, Consumer<String> confirmed) {
        QuestionDialog dialog = new QuestionDialog(
                question,
                texts,
                reason -> {
                    close();
                    confirmed.accept(reason);
                },
                this::leave);
        showCard(dialog, dialog.safeButton(), Pos.CENTER, () -> {});
    }

    @Override
    public void card(Region card, Node firstFocus) {
        showCard(card, firstFocus, Pos.CENTER, () -> {});
    }

    @Override
    public void closeCard() {
        close();
    }

    /**
     * Lays a card over the content, in place of the one that may be up.
     *
     * @param firstFocus the node inside the card that gets the focus
     * @param leaving called when Escape or a click beside the card leaves it
     */
    public void showCard(Region card, Node firstFocus, Pos position, Runnable leaving) {
        if (!cardUp.get() && getScene() != null) {
            focusBefore = getScene().getFocusOwner();
        }
        onLeave = leaving;
        card.setMaxHeight(Region.USE_PREF_SIZE);
        scrim.getChildren().setAll(card);
        StackPane.setAlignment(card, position);
        scrim.setVisible(true);
        cardUp.set(true);
        firstFocus.requestFocus();
    }

    /** Takes the card away without calling what leaving it would call. */
    public void close() {
        if (!cardUp.get()) {
            return;
        }
        cardUp.set(false);
        scrim.getChildren().clear();
        scrim.setVisible(false);
        Node before = focusBefore;
        focusBefore = null;
        if (before != null) {
            before.requestFocus();
        }
    }

    private void leave() {
        Runnable leaving = onLeave;
        close();
        leaving.run();
    }

    private void keepFocusInside(@Nullable Node owner) {
        if (!cardUp.get() || owner == null || isInside(owner)) {
            return;
        }
        Platform.runLater(() -> {
            if (cardUp.get()) {
                firstFocusable(scrim).ifPresent(Node::requestFocus);
            }
        });
    }

    private boolean isInside(Node node) {
        for (Node at = node; at != null; at = at.getParent()) {
            if (scrim.equals(at)) {
                return true;
            }
        }
        return false;
    }

    private static Optional<Node> firstFocusable(Parent parent) {
        for (Node child : parent.getChildrenUnmodifiable()) {
            if (child.isFocusTraversable() && child.isVisible()) {
                return Optional.of(child);
            }
            Optional<Node> inside = child instanceof Parent inner ? firstFocusable(inner) : Optional.empty();
            if (inside.isPresent()) {
                return inside;
            }
        }
        return Optional.empty();
    }
}
