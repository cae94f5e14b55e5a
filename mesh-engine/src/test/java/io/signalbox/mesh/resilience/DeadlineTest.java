package io.signalbox.mesh.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.mesh.time.ManualTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DeadlineTest {

    private final ManualTime time = new ManualTime();

    @Test
    void whatRemainsShrinksToZeroAndNotBelow() {
        Deadline deadline = Deadline.after(Duration.ofMillis(100), time);
        assertThat(deadline.remaining()).isEqualTo(Duration.ofMillis(100));
        time.advance(Duration.ofMillis(99));
        assertThat(deadline.expired()).isFalse();

        time.advance(Duration.ofMillis(1));
        assertThat(deadline.expired()).isTrue();
        time.advance(Duration.ofHours(1));
        assertThat(deadline.remaining()).isZero();
    }

    @Test
    void theShorterOfTwoTimesHolds() {
        Deadline deadline = Deadline.after(Duration.ofSeconds(1), time);

        assertThat(deadline.min(Duration.ofMillis(10))).isEqualTo(Duration.ofMillis(10));
        assertThat(deadline.min(Duration.ofMinutes(1))).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void aDeadlineHoldsWhenTheTickerWrapsAround() {
        long[] now = {Long.MAX_VALUE - 5};
        Deadline deadline = Deadline.after(Duration.ofNanos(10), () -> now[0]);
        assertThat(deadline.remainingNanos()).isEqualTo(10);
        now[0] += 9;

        assertThat(deadline.remainingNanos()).isEqualTo(1);
        assertThat(deadline.expired()).isFalse();
    }

    @Test
    void aDeadlineBeyondTheClockDoesNotExpire() {
        Deadline deadline = Deadline.after(Duration.ofSeconds(Long.MAX_VALUE), time);
        time.advance(Duration.ofDays(10_000));

        assertThat(deadline.expired()).isFalse();
    }
}
