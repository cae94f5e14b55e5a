package io.signalbox.console.topology.paint;

/** How much is drawn, by zoom. */
public enum Detail {
    /** Under 25 %: lamps, and edges coloured where calls fail. */
    LAMPS,
    /** From 25 %: a pill with lamp and name. */
    PILLS,
    /** From 50 %: cards without latencies and instances. */
    CARDS,
    /** From 80 %: everything. */
    ALL;

    public static Detail at(double zoom) {
        if (zoom < 0.25) {
            return LAMPS;
        }
        if (zoom < 0.5) {
            return PILLS;
        }
        return zoom < 0.8 ? CARDS : ALL;
    }

    public boolean cards() {
        return this == CARDS || this == ALL;
    }

    public boolean dots() {
        return this != LAMPS;
    }
}
