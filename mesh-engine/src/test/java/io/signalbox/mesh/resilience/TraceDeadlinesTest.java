package io.signalbox.mesh.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.mesh.time.ManualTime;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TraceDeadlinesTest {

    private static final long TRACE = 0x1234_5678_9abc_def0L;

    private final ManualTime time = new ManualTime();
    private final TraceDeadlines deadlines = new TraceDeadlines(time);

    @Test
    void whatIsLeftShrinks() {
        deadlines.remember(TRACE, Duration.ofSeconds(2));
        time.advance(Duration.ofMillis(500));

        assertThat(deadlines.left(TRACE)).isEqualTo(Duration.ofMillis(1_500));
        assertThat(deadlines.left(TRACE + 1)).isNull();
    }

    @Test
    void whatHasBeenAnsweredBoundsNothing() {
        long remembered = deadlines.remember(TRACE, Duration.ofSeconds(2));
        deadlines.forget(TRACE, remembered);

        assertThat(deadlines.left(TRACE)).isNull();
    }

    @Test
    void ofSeveralInOneTraceTheOneWithTheMostTimeCounts() {
        long first = deadlines.remember(TRACE, Duration.ofSeconds(1));
        long second = deadlines.remember(TRACE, Duration.ofSeconds(3));
        assertThat(deadlines.left(TRACE)).isEqualTo(Duration.ofSeconds(3));

        deadlines.forget(TRACE, second);
        assertThat(deadlines.left(TRACE)).isEqualTo(Duration.ofSeconds(1));
        deadlines.forget(TRACE, first);
        assertThat(deadlines.left(TRACE)).isNull();
    }

    @Test
    void aDeadlineThatHasPassedIsKnownForAWhile() {
        deadlines.remember(TRACE, Duration.ofMillis(100));
        time.advance(Duration.ofSeconds(5));
        assertThat(deadlines.left(TRACE)).isZero();

        time.advance(Duration.ofSeconds(6));
        assertThat(deadlines.left(TRACE)).isNull();
    }

    @Test
    void whatFindsNoPlaceIsNotBounded() {
        for (int i = 0; i < 8; i++) {
            assertThat(deadlines.remember(TRACE, Duration.ofSeconds(1))).isNotZero();
        }
        assertThat(deadlines.remember(TRACE, Duration.ofSeconds(9))).isZero();
        assertThat(deadlines.left(TRACE)).isEqualTo(Duration.ofSeconds(1));

        time.advance(Duration.ofSeconds(12));
        assertThat(deadlines.remember(TRACE, Duration.ofSeconds(9))).isNotZero();
    }

    @Test
    void aThousandTracesAtOnceAreKeptApart() {
        SplittableRandom random = new SplittableRandom(3);
        long[] traces = random.longs(1_000).toArray();
        for (int i = 0; i < traces.length; i++) {
            deadlines.remember(traces[i], Duration.ofMillis(1_000 + i));
        }

        for (int i = 0; i < traces.length; i++) {
            assertThat(deadlines.left(traces[i])).isEqualTo(Duration.ofMillis(1_000 + i));
        }
    }

    @Test
    void weeksLaterNothingOldIsTakenForNew() {
        deadlines.remember(TRACE, Duration.ofSeconds(1));
        for (int day = 0; day < 40; day++) {
            time.advance(Duration.ofDays(1));
            assertThat(deadlines.left(TRACE)).as("day %d", day).isNull();
        }
    }
}
