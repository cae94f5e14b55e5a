package io.signalbox.mesh.canary;

import io.signalbox.mesh.model.InvalidValueException;

/**
 * Where the evidence stands between its two borders.
 *
 * @param toRollBack how much of the way to the border of rolling back, 0..1; at 1 the border is reached
 * @param toAdvance how much of the way to the border of advancing, 0..1; at 1 the border is reached
 */
public record Position(double toRollBack, double toAdvance) {

    /** Of no evidence. */
    public static final Position START = new Position(0, 0);

    public Position {
        InvalidValueException.unless(toRollBack >= 0 && toRollBack <= 1, "toRollBack", toRollBack, "0..1");
        InvalidValueException.unless(toAdvance >= 0 && toAdvance <= 1, "toAdvance", toAdvance, "0..1");
    }

    /** The point on one line, from −1 (roll back) over 0 (nothing known) to 1 (advance). */
    public double onLine() {
        return toRollBack >= 1 ? -1 : toAdvance - toRollBack;
    }
}
