package io.signalbox.console.widget;

import io.signalbox.console.theme.Token;
import io.signalbox.mesh.model.BreakerState;
import javafx.css.PseudoClass;

/**
 * What a lamp shows: always a shape and a colour together, with a word beside it.
 *
 * <p>Breakers and health share the lamps: closed is also healthy, half-open slow, open failing, forced held by hand,
 * disabled idle or gone. {@link #INFO} marks a change.
 */
public enum LampState {
    CLOSED("closed", Token.LAMP_OK, Token.OK),
    HALF_OPEN("half-open", Token.LAMP_WARN, Token.WARN),
    OPEN("open", Token.LAMP_DANGER, Token.DANGER),
    FORCED("forced", Token.LAMP_DANGER, Token.DANGER),
    DISABLED("idle", Token.IDLE, Token.IDLE),
    INFO("info", Token.INFO, Token.INFO);

    private final String pseudoClass;
    private final Token fill;
    private final Token text;

    LampState(String pseudoClass, Token fill, Token text) {
        this.pseudoClass = pseudoClass;
        this.fill = fill;
        this.text = text;
    }

    /** The lamp of a circuit. */
    public static LampState of(BreakerState state) {
        return switch (state) {
            case CLOSED -> CLOSED;
            case HALF_OPEN -> HALF_OPEN;
            case OPEN -> OPEN;
            case FORCED_OPEN -> FORCED;
            case DISABLED -> DISABLED;
        };
    }

    /**
     * The pseudo-class that a control in this state wears: {@code :closed}, {@code :half-open} and so on. A disabled
     * circuit is {@code :idle}, because {@code :disabled} is the toolkit's own word for a control that is off.
     */
    public PseudoClass pseudoClass() {
        return PseudoClass.getPseudoClass(pseudoClass);
    }

    /** The colour of the lamp itself. */
    public Token fill() {
        return fill;
    }

    /** The colour of a word in this state. */
    public Token text() {
        return text;
    }

    /** The style class that gives a label this state's colour. */
    public String textStyle() {
        return switch (this) {
            case CLOSED -> "mesh-ok-text";
            case HALF_OPEN -> "mesh-warn-text";
            case OPEN, FORCED -> "mesh-danger-text";
            case DISABLED -> "mesh-idle-text";
            case INFO -> "mesh-info-text";
        };
    }
}
