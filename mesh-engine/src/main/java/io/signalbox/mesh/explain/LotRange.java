package io.signalbox.mesh.explain;

import io.signalbox.mesh.model.InvalidValueException;

/**
 * What is known of a lot that was drawn.
 *
 * @param from the least that it may have been, 0..99
 * @param to it was less than that, 1..100
 */
public record LotRange(int from, int to) {

    /** Of a draw that never happened. */
    public static final LotRange ANY = new LotRange(0, 100);

    public LotRange {
        InvalidValueException.unless(from >= 0 && from < 100, "lot.from", from, "0..99");
        InvalidValueException.unless(to > from && to <= 100, "lot.to", to, (from + 1) + "..100");
    }

    static LotRange only(int lot) {
        return new LotRange(lot, lot + 1);
    }
}
