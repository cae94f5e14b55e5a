package io.signalbox.mesh.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.mesh.model.RetryPolicy;
import java.time.Duration;
import java.util.LongSummaryStatistics;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {

    private final SplittableRandom random = new SplittableRandom(21);

    @ParameterizedTest
    @CsvSource(textBlock = """
        # retry, bound in ms (base 25 ms, max 1 s)
        1, 25
        2, 50
        3, 100
        4, 200
        5, 400
        6, 800
        7, 1000
        8, 1000
        40, 1000
        64, 1000
        100, 1000
        """)
    void thePauseIsUniformUpToABoundThatDoublesToItsMaximum(int retry, long boundMillis) {
        LongSummaryStatistics pauses = pauses(RetryPolicy.Backoff.DEFAULT, retry, 20_000);
        double bound = Duration.ofMillis(boundMillis).toNanos();

        assertThat(pauses.getMin()).isBetween(0L, (long) (bound * 0.01));
        assertThat(pauses.getMax()).isBetween((long) (bound * 0.99), (long) bound);
        assertThat(pauses.getAverage()).isBetween(bound * 0.49, bound * 0.51);
    }

    @Test
    void aBaseOfZeroIsNoPause() {
        assertThat(Backoff.delay(new RetryPolicy.Backoff(Duration.ZERO, Duration.ofSeconds(1)), 9, random))
                .isZero();
    }

    @Test
    void hugeBoundsDoNotOverflow() {
        Duration forever = Duration.ofSeconds(Long.MAX_VALUE);
        LongSummaryStatistics pauses = pauses(new RetryPolicy.Backoff(Duration.ofDays(1), forever), 60, 1_000);
        LongSummaryStatistics longer = pauses(new RetryPolicy.Backoff(forever, forever), 1, 1_000);

        assertThat(pauses.getMin()).isNotNegative();
        assertThat(longer.getMin()).isNotNegative();
    }

    private LongSummaryStatistics pauses(RetryPolicy.Backoff backoff, int retry, int draws) {
        return LongStream.range(0, draws)
                .map(i -> Backoff.delay(backoff, retry, random).toNanos())
                .summaryStatistics();
    }
}
