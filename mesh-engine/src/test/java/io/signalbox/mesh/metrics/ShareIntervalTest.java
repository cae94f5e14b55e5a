package io.signalbox.mesh.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.signalbox.mesh.model.InvalidValueException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShareIntervalTest {

    @ParameterizedTest
    @CsvSource(textBlock = """
        # Newcombe 1998, table I, method 3
        81, 263, 0.2553, 0.3662
        15, 148, 0.0624, 0.1605
        0,   20, 0.0000, 0.1611
        1,   29, 0.0061, 0.1718
        """)
    void agreesWithPublishedIntervals(long successes, long n, double low, double high) {
        ShareInterval interval = ShareInterval.wilson(successes, n, ShareInterval.Z_95);

        assertThat(interval.low()).isCloseTo(low, within(0.00005));
        assertThat(interval.high()).isCloseTo(high, within(0.00005));
        assertThat(interval.share()).isEqualTo((double) successes / n);
    }

    @Test
    void nothingObservedMeansAnythingIsPossible() {
        assertThat(ShareInterval.wilson(0, 0, 1.96)).isEqualTo(new ShareInterval(0, 0, 1));
    }

    @ParameterizedTest
    @CsvSource({"1", "7", "1000", "3000000000"})
    void noneAndAllEndExactlyAtTheBorders(long n) {
        assertThat(ShareInterval.wilson(0, n, 1.96).low()).isEqualTo(0.0);
        assertThat(ShareInterval.wilson(n, n, 1.96).high()).isEqualTo(1.0);
        assertThat(ShareInterval.wilson(0, n, 1.96).high())
                .isCloseTo(1 - ShareInterval.wilson(n, n, 1.96).low(), within(1e-12))
                .isGreaterThan(0);
    }

    @ParameterizedTest
    @CsvSource({"-1, 5, 1.96", "6, 5, 1.96", "0, -1, 1.96", "1, 5, 0"})
    void impossibleCountsAreRefused(long successes, long n, double z) {
        assertThatThrownBy(() -> ShareInterval.wilson(successes, n, z)).isInstanceOf(InvalidValueException.class);
    }
}
