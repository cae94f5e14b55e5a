package io.signalbox.mesh.canary;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Evidence that the candidate is not worse by the margin, as the wealth of a gambler who bets against it being so.
 *
 * <p>Wealth above a ceiling is given away, which can only make it smaller and so keeps it honest: a candidate that turns bad
 * cannot live on what it earned in good hours.
 *
 * @param logs ln of what each alternative's share has become
 */
record Trust(List<Double> logs) {

    /** How far above the border the ceiling is, as a factor. */
    private static final double ROOM = 10;

    Trust {
        logs = List.copyOf(logs);
    }

    /** Wealth 1, which says nothing. */
    static Trust none(int alternatives) {
        return new Trust(Collections.nCopies(alternatives, -Math.log(alternatives)));
    }

    /**
     * One round more.
     *
     * @param factors ln of what a unit of money on each alternative becomes
     * @param beta the border is at 1/beta
     */
    Trust plus(double[] factors, double beta) {
        List<Double> next = new ArrayList<>(factors.length);
        for (int i = 0; i < factors.length; i++) {
            next.add(logs.get(i) + factors[i]);
        }
        double above = Logs.sum(next) - Math.log(ROOM / beta);
        if (above > 0) {
            next.replaceAll(log -> log - above);
        }
        return new Trust(next);
    }

    /** ln of all the wealth. */
    double log() {
        return Logs.sum(logs);
    }
}
