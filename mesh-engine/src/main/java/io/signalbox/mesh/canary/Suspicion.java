package io.signalbox.mesh.canary;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Evidence against an innocent hypothesis, as the wealth of a gambler who bets against it: while it is true, wealth is not
 * expected to grow, and by Ville's inequality it ever reaches 1/α with a chance of at most α, however often one looks.
 *
 * <p>The gambler splits his money. Half of it is put on several alternatives from the start. The other half is put in later,
 * a little in every round, so that what only begins to go wrong after a long good time is seen soon too: after {@code n}
 * rounds ½ / ln(e + n) of all is still in his pocket. What is put in never depends on how the rounds end.
 *
 * @param logs ln of what each alternative's share has become
 * @param rounds how many rounds were played
 */
record Suspicion(List<Double> logs, long rounds) {

    private static final double AT_START = 0.5;

    Suspicion {
        logs = List.copyOf(logs);
    }

    /** Wealth 1, which says nothing. */
    static Suspicion none(int alternatives) {
        return new Suspicion(Collections.nCopies(alternatives, Math.log(AT_START / alternatives)), 0);
    }

    /**
     * One round more.
     *
     * @param factors ln of what a unit of money on each alternative becomes; expected to be at most 1 before the logarithm
     *     while the hypothesis is true
     */
    Suspicion plus(double[] factors) {
        double stake = Math.log(putIn(rounds) / factors.length);
        List<Double> next = new ArrayList<>(factors.length);
        for (int i = 0; i < factors.length; i++) {
            next.add(Logs.sum(logs.get(i), stake) + factors[i]);
        }
        return new Suspicion(next, rounds + 1);
    }

    /** ln of all the wealth. */
    double log() {
        return Logs.sum(Logs.sum(logs), Math.log(inPocket(rounds)));
    }

    /** {@link #inPocket} before a round less after it, in a form that does not cancel out. */
    private static double putIn(long round) {
        double before = Math.log(Math.E + round);
        double after = Math.log(Math.E + round + 1);
        return (1 - AT_START) * Math.log1p(1 / (Math.E + round)) / (before * after);
    }

    private static double inPocket(long rounds) {
        return (1 - AT_START) / Math.log(Math.E + rounds);
    }
}
