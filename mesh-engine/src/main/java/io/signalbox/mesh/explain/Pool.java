package io.signalbox.mesh.explain;

/** Among whom the endpoint of an attempt was picked. */
public enum Pool {
    /** Those that nothing spoke against. */
    USABLE,
    /** Ejected ones as well, since nobody else was left. */
    EJECTED_TOO,
    /** All but those held open by hand: so few were usable that leaving the others out would have done more harm. */
    PANIC,
    /** All, asked one after another until a circuit let the call pass; nobody balanced. */
    IN_ORDER
}
