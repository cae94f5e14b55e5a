package io.signalbox.mesh.canary;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/**
 * What a mirror's verdict rests on: a request and its copy do not fail independently, and no bet is expected to win all the
 * same, as long as what fails once fails its copy no less often. All outcomes of one pair are added up.
 */
class PairedBetsTest {

    private static final double[] RATES = {0, 0.001, 0.01, 0.1, 0.3, 0.5, 0.8, 0.99, 1};
    private static final double[] DEPENDENCES = {0, 0.2, 0.5, 1};
    private static final double ROUNDING = 1e-9;

    @Test
    void aBetThatTheCandidateFailsMoreIsNotExpectedToWinWhileItFailsNoMore() {
        for (double odds : new double[] {1.5, 6, 30, 1_000}) {
            for (double stable : RATES) {
                for (double candidate : RATES) {
                    if (candidate <= stable) {
                        assertNotExpectedToWin(stable, candidate, (k0, k1) -> Bets.onOdds(odds, k1, 1, k0, 1));
                    }
                }
            }
        }
    }

    @Test
    void aBetThatTheCandidateIsCloseIsNotExpectedToWinWhileItIsWorseByTheMargin() {
        double margin = 0.1;
        for (double believed : new double[] {1e-7, 0.001, 0.05, 0.5, 0.89}) {
            for (double stable : RATES) {
                for (double candidate : RATES) {
                    if (candidate >= stable + margin) {
                        assertNotExpectedToWin(
                                stable,
                                candidate,
                                (k0, k1) -> Bets.onDifference(margin, believed, believed, slice(k0), slice(k1)));
                    }
                }
            }
        }
    }

    @Test
    void aBetOnADifferenceThatIsThereIsExpectedToWin() {
        assertThat(expected(0.01, 0.2, 0.5, (k0, k1) -> Bets.onOdds(6, k1, 1, k0, 1)))
                .isGreaterThan(1.05);
    }

    private static void assertNotExpectedToWin(double stable, double candidate, Bet bet) {
        for (double dependence : DEPENDENCES) {
            assertThat(expected(stable, candidate, dependence, bet))
                    .as("%s, %s, dependence %s", stable, candidate, dependence)
                    .isLessThanOrEqualTo(1 + ROUNDING);
        }
    }

    /** @param dependence 0 for none, 1 for the greatest that the rates allow */
    private static double expected(double stable, double candidate, double dependence, Bet bet) {
        double apart = stable * candidate;
        double both = apart + dependence * (Math.min(stable, candidate) - apart);
        return both * Math.exp(bet.log(1, 1))
                + (stable - both) * Math.exp(bet.log(1, 0))
                + (candidate - both) * Math.exp(bet.log(0, 1))
                + (1 - stable - candidate + both) * Math.exp(bet.log(0, 0));
    }

    private static Slice slice(long failures) {
        return new Slice(1, failures, Latencies.NONE);
    }

    @FunctionalInterface
    private interface Bet {
        double log(long stableFailures, long candidateFailures);
    }
}
