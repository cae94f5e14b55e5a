package io.signalbox.mesh.canary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class WealthTest {

    @Test
    void moneyThatIsPutInLaterWasThereFromTheStart() {
        Suspicion suspicion = Suspicion.none(4);
        assertThat(suspicion.log()).isCloseTo(0, within(1e-12));
        for (int i = 0; i < 10_000; i++) {
            suspicion = suspicion.plus(new double[4]);
        }
        assertThat(suspicion.log()).isCloseTo(0, within(1e-9));
    }

    @Test
    void suspicionComesBackSoonAfterALongGoodTime() {
        Suspicion suspicion = Suspicion.none(1);
        for (int i = 0; i < 1_000; i++) {
            suspicion = suspicion.plus(new double[] {-0.1});
        }
        for (int i = 0; i < 15; i++) {
            suspicion = suspicion.plus(new double[] {1});
        }
        assertThat(suspicion.log()).isPositive();
    }

    @Test
    void whatTrustWinsAboveItsCeilingIsGivenAway() {
        double beta = 0.05;
        Trust trust = Trust.none(2);
        for (int i = 0; i < 1_000; i++) {
            trust = trust.plus(new double[] {1, 0.5}, beta);
        }
        assertThat(trust.log()).isCloseTo(Math.log(10 / beta), within(1e-9));
        assertThat(trust.plus(new double[] {-2.5, -2.5}, beta).log()).isLessThan(Math.log(1 / beta));
    }

    @Test
    void anAlarmLetsGoWhenStableHasRecovered() {
        Alarm alarm = Alarm.none(2);
        for (int i = 0; i < 1_000; i++) {
            alarm = alarm.plus(new double[] {1, 2});
        }
        assertThat(alarm.log()).isGreaterThan(Alarm.BORDER);
        for (int i = 0; i < 5; i++) {
            alarm = alarm.plus(new double[] {-1, -1});
        }
        assertThat(alarm.log()).isLessThan(Alarm.BORDER);
    }

    @Test
    void hugeLogarithmsAreAddedWithoutOverflow() {
        assertThat(Logs.sum(1e13, 1e13)).isCloseTo(1e13, within(1.0));
        assertThat(Logs.sum(-1e13, 5)).isEqualTo(5);
        assertThat(Suspicion.none(2).plus(new double[] {1e13, -1e13}).log()).isFinite();
    }
}
