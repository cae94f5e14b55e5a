package io.signalbox.mesh.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class LatencyEstimateTest {

    private static final long SECOND = 1_000_000_000L;
    private static final double MILLI = 1e6;
    private static final Offset<Double> CLOSE = within(0.01 * MILLI);

    private final LatencyEstimate estimate = new LatencyEstimate();

    @Test
    void nothingIsKnownBeforeTheFirstCall() {
        assertThat(estimate.at(5 * SECOND)).isEqualTo(LatencyEstimate.UNKNOWN);
    }

    @Test
    void aPeakIsBelievedAtOnceAndForgottenSlowly() {
        estimate.observe(5 * MILLI, SECOND);
        estimate.observe(400 * MILLI, SECOND);
        estimate.observe(5 * MILLI, SECOND);

        assertThat(estimate.at(SECOND)).isCloseTo(400 * MILLI, CLOSE);
        estimate.observe(5 * MILLI, 11 * SECOND);
        assertThat(estimate.at(11 * SECOND)).isCloseTo((400 / Math.E + 5 * (1 - 1 / Math.E)) * MILLI, CLOSE);
    }

    @Test
    void whatIsNotCalledIsForgotten() {
        estimate.observe(1e9, 0);

        assertThat(estimate.at(46 * SECOND)).isBetween(9 * MILLI, 11 * MILLI);
    }

    @Test
    void aQuickFailureIsTwiceAsSlowAsWhatWasKnown() {
        estimate.observe(8 * MILLI, 0);
        estimate.failed(0.1 * MILLI, SECOND);
        assertThat(estimate.at(SECOND)).isCloseTo(16 * MILLI, CLOSE);

        for (int i = 0; i < 60; i++) {
            estimate.failed(0.1 * MILLI, SECOND);
        }
        assertThat(estimate.at(SECOND)).isCloseTo(LatencyEstimate.WORST_FAILURE_NANOS, within(10 * MILLI));
    }

    @Test
    void aFirstCallThatFailsIsASecondSlow() {
        estimate.failed(0.1 * MILLI, SECOND);

        assertThat(estimate.at(SECOND)).isCloseTo(LatencyEstimate.FIRST_FAILURE_NANOS, within(1_000.0));
    }

    @Test
    void anAbandonedCallCanOnlyMakeItSlower() {
        estimate.observe(50 * MILLI, 0);
        estimate.atLeast(10 * MILLI, 0);
        assertThat(estimate.at(0)).isCloseTo(50 * MILLI, CLOSE);

        estimate.atLeast(70 * MILLI, 0);
        assertThat(estimate.at(0)).isCloseTo(70 * MILLI, CLOSE);
    }

    @Test
    void aClockThatStartsAnywhereMakesNoDifference() {
        long far = Long.MAX_VALUE - 3 * SECOND;
        estimate.observe(50 * MILLI, far);

        assertThat(estimate.at(far + 10 * SECOND)).isCloseTo(50 / Math.E * MILLI, within(0.02 * MILLI));
    }
}
