package io.signalbox.mesh.proxy.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.mesh.proxy.transport.AnswerPace;
import java.time.Duration;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ThrottleTest {

    private static final long MILLI_NANOS = 1_000_000;
    private static final long SECOND_NANOS = 1_000 * MILLI_NANOS;

    @Test
    void aChunkPassesAtOnceAndTheNextAfterThePause() {
        Throttle drip = new Throttle(drip(100, Duration.ofMillis(50)), 0);

        assertThat(drip.room(0)).isEqualTo(100);
        drip.passed(60, 0);
        assertThat(drip.room(0)).as("the rest of the chunk").isEqualTo(40);
        drip.passed(40, MILLI_NANOS);
        assertThat(drip.room(50 * MILLI_NANOS)).isZero();
        assertThat(drip.waitNanos(50 * MILLI_NANOS)).isEqualTo(MILLI_NANOS);
        assertThat(drip.room(51 * MILLI_NANOS)).isEqualTo(100);
    }

    @Test
    void aRateHoldsOverALongBodyHoweverLateTheTimersAre() {
        Throttle rate = new Throttle(rate(10_000), 0);
        long now = 0;
        int passed = 0;
        while (passed < 50_000) {
            int room = rate.room(now);
            if (room == 0) {
                now += rate.waitNanos(now) + 3 * MILLI_NANOS;
            } else {
                rate.passed(room, now);
                passed += room;
            }
        }

        assertThat(now).isBetween(4 * SECOND_NANOS + 900 * MILLI_NANOS, 5 * SECOND_NANOS + 100 * MILLI_NANOS);
    }

    @Test
    void whatASlowSenderLeavesUnusedIsNotSavedUp() {
        Throttle rate = new Throttle(rate(1_000), 0);
        rate.passed(rate.room(0), 0);

        long later = 60 * SECOND_NANOS;
        int burst = 0;
        for (int room = rate.room(later); room > 0; room = rate.room(later)) {
            rate.passed(room, later);
            burst += room;
        }
        assertThat(burst).isLessThanOrEqualTo(100);
    }

    @Test
    void theSmallestRateLetsSingleBytesThrough() {
        Throttle rate = new Throttle(rate(1), 0);

        assertThat(rate.room(0)).isEqualTo(1);
        rate.passed(1, 0);
        assertThat(rate.room(0)).isZero();
        assertThat(rate.waitNanos(0)).isEqualTo(SECOND_NANOS);
    }

    @Test
    void theGreatestRateDoesNotOverflow() {
        Throttle rate = new Throttle(rate(999_999_999), 0);
        rate.passed(rate.room(0), 0);

        assertThat(rate.waitNanos(0)).isBetween(49 * MILLI_NANOS, 51 * MILLI_NANOS);
    }

    @Test
    void aResetIsDueOnceSoMuchHasPassedAndNoMorePassesThen() {
        Throttle cut = new Throttle(new AnswerPace(OptionalInt.empty(), 0, Duration.ZERO, OptionalInt.of(150)), 0);

        assertThat(cut.room(0)).isEqualTo(150);
        cut.passed(100, 0);
        assertThat(cut.isResetDue()).isFalse();
        cut.passed(50, 0);
        assertThat(cut.isResetDue()).isTrue();
        assertThat(cut.room(SECOND_NANOS)).isZero();
        assertThat(cut.waitNanos(SECOND_NANOS)).as("time brings no more").isZero();
    }

    private static AnswerPace drip(int chunk, Duration every) {
        return new AnswerPace(OptionalInt.empty(), chunk, every, OptionalInt.empty());
    }

    private static AnswerPace rate(int bytesPerSecond) {
        return new AnswerPace(OptionalInt.of(bytesPerSecond), 0, Duration.ZERO, OptionalInt.empty());
    }
}
