package io.signalbox.mesh.canary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.ToDoubleBiFunction;
import org.junit.jupiter.api.Test;

/** What the verdict's error rates rest on: no bet is expected to win while the hypothesis is true. All outcomes are added up. */
class BetsTest {

    private static final double[] RATES = {0, 0.001, 0.01, 0.1, 0.3, 0.5, 0.8, 0.99, 1};
    private static final int[][] SIZES = {{1, 1}, {1, 9}, {9, 1}, {4, 5}, {12, 3}};
    private static final double ROUNDING = 1e-9;

    @Test
    void aBetThatTheCandidateFailsMoreIsNotExpectedToWinWhileItFailsNoMore() {
        for (int[] size : SIZES) {
            for (double odds : new double[] {1.5, 6, 30, 1_000}) {
                for (double stable : RATES) {
                    for (double candidate : RATES) {
                        if (candidate <= stable) {
                            assertThat(expected(size, stable, candidate, (k0, k1) -> onOdds(odds, size, k0, k1)))
                                    .isLessThanOrEqualTo(1 + ROUNDING);
                        }
                    }
                }
            }
        }
    }

    @Test
    void aBetThatTheCandidateFailsLessIsNotExpectedToWinWhileItFailsNoLess() {
        for (int[] size : SIZES) {
            for (double odds : new double[] {1 / 1.5, 1 / 6.0}) {
                for (double stable : RATES) {
                    for (double candidate : RATES) {
                        if (candidate >= stable) {
                            assertThat(expected(size, stable, candidate, (k0, k1) -> onOdds(odds, size, k0, k1)))
                                    .isLessThanOrEqualTo(1 + ROUNDING);
                        }
                    }
                }
            }
        }
    }

    @Test
    void aBetThatTheCandidateIsCloseIsNotExpectedToWinWhileItIsWorseByTheMargin() {
        double margin = 0.1;
        for (int[] size : SIZES) {
            for (double believed : new double[] {1e-7, 0.001, 0.05, 0.5, 0.95, 1 - 1e-7}) {
                for (double stable : RATES) {
                    for (double candidate : RATES) {
                        if (candidate >= stable + margin) {
                            assertThat(expected(
                                            size,
                                            stable,
                                            candidate,
                                            (k0, k1) -> onDifference(margin, believed, size, k0, k1)))
                                    .isLessThanOrEqualTo(1 + ROUNDING);
                        }
                    }
                }
            }
        }
    }

    @Test
    void aBetThatARateIsGreaterIsNotExpectedToWinWhileItIsNot() {
        for (double most : new double[] {0.01, 0.1, 0.5}) {
            for (double times : new double[] {1.5, 20}) {
                for (double rate : RATES) {
                    if (rate <= most) {
                        assertThat(expected(
                                        new int[] {0, 12},
                                        0,
                                        rate,
                                        (_, k1) -> Math.exp(Bets.onRate(most, times, k1, 12))))
                                .isLessThanOrEqualTo(1 + ROUNDING);
                    }
                }
            }
        }
    }

    @Test
    void chanceThatDealsOutFailuresThatWereBoundToHappenIsNotExpectedToWin() {
        int candidate = 4;
        int stable = 6;
        for (int failures = 0; failures <= candidate + stable; failures++) {
            double sum = 0;
            for (int k1 = Math.max(0, failures - stable); k1 <= Math.min(candidate, failures); k1++) {
                double chance =
                        choose(candidate, k1) * choose(stable, failures - k1) / choose(candidate + stable, failures);
                sum += chance * Math.exp(Bets.onOdds(6, k1, candidate, failures - k1, stable));
            }
            assertThat(sum).isLessThanOrEqualTo(1 + ROUNDING);
        }
    }

    @Test
    void theBetsWinWhenTheyAreRight() {
        int[] size = {90, 10};
        assertThat(growth(size, 0.008, 0.03, (k0, k1) -> onOdds(2.5, size, k0, k1)))
                .isPositive();
        assertThat(growth(size, 0.008, 0.008, (k0, k1) -> onDifference(0.005, 0.008, size, k0, k1)))
                .isCloseTo(100 * Bets.growthOnDifference(0.005, 0.008, 0.1), within(1e-6))
                .isPositive();
        assertThat(growth(size, 0.008, 0.03, (k0, k1) -> onDifference(0.005, 0.008, size, k0, k1)))
                .isNegative();
    }

    @Test
    void aWindowOfOneVersionAloneSaysNothing() {
        assertThat(Bets.onOdds(6, 3, 10, 0, 0)).isZero();
        assertThat(Bets.onOdds(6, 0, 0, 3, 10)).isZero();
        assertThat(Bets.onDifference(0.005, 0.01, 0.01, Slice.NONE, new Slice(10, 3, Latencies.NONE)))
                .isZero();
        assertThat(Bets.onDifference(0.005, 0.01, 0.01, new Slice(10, 3, Latencies.NONE), Slice.NONE))
                .isZero();
    }

    private static double onOdds(double odds, int[] size, int k0, int k1) {
        return Math.exp(Bets.onOdds(odds, k1, size[1], k0, size[0]));
    }

    private static double onDifference(double margin, double believed, int[] size, int k0, int k1) {
        return Math.exp(Bets.onDifference(
                margin,
                believed,
                believed,
                new Slice(size[0], k0, Latencies.NONE),
                new Slice(size[1], k1, Latencies.NONE)));
    }

    private static double expected(
            int[] size, double stable, double candidate, ToDoubleBiFunction<Integer, Integer> wealth) {
        double sum = 0;
        for (int k0 = 0; k0 <= size[0]; k0++) {
            for (int k1 = 0; k1 <= size[1]; k1++) {
                double chance = binomial(size[0], k0, stable) * binomial(size[1], k1, candidate);
                sum += chance == 0 ? 0 : chance * wealth.applyAsDouble(k0, k1);
            }
        }
        return sum;
    }

    private static double growth(
            int[] size, double stable, double candidate, ToDoubleBiFunction<Integer, Integer> wealth) {
        return expected(size, stable, candidate, (k0, k1) -> Math.log(wealth.applyAsDouble(k0, k1)));
    }

    private static double binomial(int n, int k, double rate) {
        return choose(n, k) * Math.pow(rate, k) * Math.pow(1 - rate, n - k);
    }

    private static double choose(int n, int k) {
        double ways = 1;
        for (int i = 1; i <= k; i++) {
            ways = ways * (n - k + i) / i;
        }
        return ways;
    }
}
