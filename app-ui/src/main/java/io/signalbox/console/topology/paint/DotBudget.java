package io.signalbox.console.topology.paint;

/**
 * Shares at most {@link DotRules#MOST} dots out among edges that together want more. Each edge with failures has one for
 * sure; the rest goes to all in proportion to what they want, and what rounding takes from one goes to the next.
 */
final class DotBudget {

    private final double scale;
    private double owed;

    /**
     * A budget for one round of edges.
     *
     * @param wantedByAll dots
     * @param erring edges with failures that want any
     */
    DotBudget(int wantedByAll, int erring) {
        scale = Math.clamp((double) (DotRules.MOST - erring) / Math.max(1, wantedByAll - erring), 0.0, 1.0);
    }

    /** The dots of the next edge. */
    int take(int wanted, DotRules.Errors errors) {
        if (scale == 1) {
            return wanted;
        }
        int certain = errors == DotRules.Errors.SOME ? Math.min(1, wanted) : 0;
        owed += (wanted - certain) * scale;
        int more = Math.min((int) Math.floor(owed), wanted - certain);
        owed -= more;
        return certain + more;
    }
}
