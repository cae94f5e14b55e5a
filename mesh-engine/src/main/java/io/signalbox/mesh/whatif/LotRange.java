package io.signalbox.mesh.whatif;

/**
 * What is known of a lot that was drawn.
 *
 * @param from the least that it may have been, 0..99
 * @param to it was less than that, 1..100
 */
record LotRange(int from, int to) {

    /** Of a draw that never happened. */
    static final LotRange ANY = new LotRange(0, 100);

    static LotRange only(int lot) {
        return new LotRange(lot, lot + 1);
    }
}
