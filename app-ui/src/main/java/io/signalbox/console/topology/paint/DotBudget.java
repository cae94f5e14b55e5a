package io.signalbox.console.topology.paint;

/**
 * Shares at most {@link DotRules#MOST} dots out among edges that together want more, each in proportion to what it
 * wants. What rounding takes from one edge goes to the next, and an edge with failures never gets none.
 */
final class DotBudget {

    private final double scale;
    private double owed;

    DotBudget(int wantedByAll) {
        scale = Math.min(1, (double) DotRules.MOST / Math.max(1, wantedByAll));
    }

    /** The dots of the next edge. */
    int take(int wanted, DotRules.Errors errors) {
        if (scale == 1) {
            return wanted;
        }
        owed += wanted * scale;
        int given = (int) Math.max(0, Math.floor(owed));
        if (given == 0 && wanted > 0 && errors == DotRules.Errors.SOME) {
            given = 1;
        }
        given = Math.min(given, wanted);
        owed -= given;
        return given;
    }
}
