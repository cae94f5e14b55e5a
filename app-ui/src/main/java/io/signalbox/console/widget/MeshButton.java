package io.signalbox.console.widget;

import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.css.PseudoClass;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Tooltip;
import org.jspecify.annotations.Nullable;

/**
 * A button of the console, 28 px high.
 *
 * <p>While busy its words stay and its icon becomes a spinner. While blocked it keeps its place and its focus, looks
 * disabled and says why in its tooltip; a disabled node could not show one. Busy and blocked buttons do nothing.
 */
public final class MeshButton extends Button {

    /** What pressing the button means, and so how it looks. */
    public enum Kind {
        /** The one thing to do here; one in a group. */
        PRIMARY,
        SECONDARY,
        /** Undoes or stops something; asks first. */
        DANGER,
        /** The filled danger button inside the dialog that asks. */
        CONFIRM_DANGER,
        /** No border; for what is rarely wanted. */
        QUIET
    }

    private static final PseudoClass BUSY = PseudoClass.getPseudoClass("busy");
    private static final PseudoClass BLOCKED = PseudoClass.getPseudoClass("blocked");

    private final BooleanProperty busy = new SimpleBooleanProperty(this, "busy");
    private final StringProperty blockedReason = new SimpleStringProperty(this, "blockedReason", "");
    private @Nullable Node icon;
    private @Nullable Tooltip ownTooltip;

    public MeshButton(Kind kind, String text) {
        super(text);
        getStyleClass().addAll("mesh-button", "mesh-focusable", styleOf(kind));
        setMinWidth(USE_PREF_SIZE);
        busy.subscribe((before, now) -> busyChanged(now));
        blockedReason.subscribe((before, now) -> blockedChanged(now));
    }

    /** A button with a Feather icon left of its words. */
    public MeshButton(Kind kind, String text, String iconCode) {
        this(kind, text);
        icon = Icons.button(iconCode);
        setGraphic(icon);
    }

    /** A square button that is only an icon; the words are its tooltip and what a screen reader says. */
    public static MeshButton iconOnly(Kind kind, String iconCode, String words) {
        MeshButton button = new MeshButton(kind, "", iconCode);
        button.setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
        button.setAccessibleText(words);
        button.setTooltip(new Tooltip(words));
        button.getStyleClass().add("mesh-icon-only");
        return button;
    }

    /** Makes this button 24 px high, for cards and toasts; returns it. */
    public MeshButton small() {
        getStyleClass().add("mesh-small-button");
        return this;
    }

    /** Sets what a press does; returns this button. */
    public MeshButton onPress(Runnable action) {
        setOnAction(event -> action.run());
        return this;
    }

    public BooleanProperty busyProperty() {
        return busy;
    }

    /** Why the button cannot be pressed now; empty while it can. */
    public StringProperty blockedReasonProperty() {
        return blockedReason;
    }

    @Override
    public void fire() {
        if (!busy.get() && blockedReason.get().isEmpty()) {
            super.fire();
        }
    }

    private void busyChanged(Boolean now) {
        pseudoClassStateChanged(BUSY, now);
        if (now) {
            icon = getGraphic();
            setGraphic(new Spinner());
        } else {
            setGraphic(icon);
        }
    }

    private void blockedChanged(String reason) {
        boolean blocked = !reason.isEmpty();
        if (blocked && !getPseudoClassStates().contains(BLOCKED)) {
            ownTooltip = getTooltip();
        }
        pseudoClassStateChanged(BLOCKED, blocked);
        setTooltip(blocked ? new Tooltip(reason) : ownTooltip);
        setAccessibleHelp(blocked ? reason : null);
    }

    private static String styleOf(Kind kind) {
        return switch (kind) {
            case PRIMARY -> "mesh-primary";
            case SECONDARY -> "mesh-secondary";
            case DANGER -> "mesh-danger";
            case CONFIRM_DANGER -> "mesh-confirm-danger";
            case QUIET -> "mesh-quiet";
        };
    }
}
