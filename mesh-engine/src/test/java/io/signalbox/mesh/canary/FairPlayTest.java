package io.signalbox.mesh.canary;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

/**
 * A bet is fair only if it was made before the window it is about: the wealth after a window, over everything that may happen
 * in it, is no more than before. A bet that looks at its own window first breaks this.
 */
class FairPlayTest {

    private static final int STABLE = 7;
    private static final int CANDIDATE = 4;
    private static final double ROUNDING = 1e-9;
    private static final Criteria CRITERIA = CriteriaDraft.of(Criteria.DEFAULT)
            .successMargin(0.1)
            .latency(0.5, 0.2)
            .done();

    /** Histories that could tempt a gambler: nothing known, and stable fails often, and never. */
    private static final List<Recent> HISTORIES = List.of(
            Recent.NONE, Recent.NONE.plus(window(STABLE, 3, CANDIDATE, 0)), Recent.NONE.plus(window(20, 0, 0, 0)));

    @Test
    void suspicionOfFailuresDoesNotGrowWhileBothFailAlike() {
        for (Recent before : HISTORIES) {
            for (double rate : new double[] {0.01, 0.1, 0.4, 0.9}) {
                assertThat(expected(
                                rate,
                                rate,
                                window -> SuccessEvidence.NONE
                                        .plus(window, before, CRITERIA)
                                        .worse()
                                        .log()))
                        .isLessThanOrEqualTo(1 + ROUNDING);
            }
        }
    }

    @Test
    void trustInTheSuccessDoesNotGrowWhileTheCandidateIsWorseByTheMargin() {
        for (Recent before : HISTORIES) {
            for (double rate : new double[] {0, 0.01, 0.1, 0.4, 0.89}) {
                assertThat(expected(
                                rate,
                                rate + 0.1,
                                window -> SuccessEvidence.NONE
                                        .plus(window, before, CRITERIA)
                                        .close()
                                        .log()))
                        .isLessThanOrEqualTo(1 + ROUNDING);
            }
        }
    }

    @Test
    void suspicionOfSlownessDoesNotGrowWhileBothAreAlike() {
        for (Recent before : HISTORIES) {
            for (double rate : new double[] {0.01, 0.1, 0.3, 0.5, 0.6, 0.7, 0.9}) {
                assertThat(expected(
                                rate,
                                rate,
                                window -> LatencyEvidence.NONE
                                        .plus(window, before, CRITERIA)
                                        .slower()
                                        .log()))
                        .isLessThanOrEqualTo(1 + ROUNDING);
            }
        }
    }

    @Test
    void trustInTheLatencyDoesNotGrowWhileTheCandidateIsSlowerByTheMargin() {
        for (Recent before : HISTORIES) {
            for (double rate : new double[] {0.01, 0.1, 0.4, 0.9}) {
                assertThat(expected(
                                rate,
                                rate,
                                window -> LatencyEvidence.NONE
                                        .plus(slower(window), before, CRITERIA)
                                        .close()
                                        .log()))
                        .isLessThanOrEqualTo(1 + ROUNDING);
            }
        }
    }

    @Test
    void theLineThatSlowRequestsLieBeyondIsOlderThanTheWindow() {
        Recent before = Recent.NONE.plus(window(STABLE, 0, CANDIDATE, 0));
        Window allSlow = window(STABLE + 3, STABLE + 3, CANDIDATE, CANDIDATE);
        // By the older line all are slow in both, and that costs a bet; by a line drawn after the window none would be.
        assertThat(LatencyEvidence.NONE.plus(allSlow, before, CRITERIA).slower().log())
                .isLessThan(-0.1);
    }

    /** Over all windows: a failed request takes 90 ms, one that succeeds 50 ms. */
    private static double expected(double stableRate, double candidateRate, ToDoubleFunction<Window> log) {
        double sum = 0;
        for (int k0 = 0; k0 <= STABLE; k0++) {
            for (int k1 = 0; k1 <= CANDIDATE; k1++) {
                sum += binomial(STABLE, k0, stableRate)
                        * binomial(CANDIDATE, k1, candidateRate)
                        * Math.exp(log.applyAsDouble(window(STABLE, k0, CANDIDATE, k1)));
            }
        }
        return sum;
    }

    private static Window window(int stable, int slowStable, int candidate, int slowCandidate) {
        return new Window(Duration.ofSeconds(10), slice(stable, slowStable, 1), slice(candidate, slowCandidate, 1));
    }

    private static Window slower(Window window) {
        Slice candidate = window.candidate();
        return new Window(
                window.span(), window.stable(), slice((int) candidate.requests(), (int) candidate.failures(), 1.25));
    }

    private static Slice slice(int requests, int slow, double times) {
        return new Slice(
                requests,
                slow,
                new Latencies.Counter()
                        .add((long) (50e6 * times), requests - slow)
                        .add((long) (90e6 * times), slow)
                        .total());
    }

    private static double binomial(int n, int k, double rate) {
        double ways = 1;
        for (int i = 1; i <= k; i++) {
            ways = ways * (n - k + i) / i;
        }
        return ways * Math.pow(rate, k) * Math.pow(1 - rate, n - k);
    }
}
