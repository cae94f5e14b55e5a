package io.signalbox.mesh.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.mesh.model.status.TrafficStats;
import java.time.Instant;
import java.util.Locale;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WordsTest {

    private static final Instant NOON = Fixtures.NOON;

    @ParameterizedTest
    @CsvSource({"1, 100 %", "0.99999, 99.99 %", "0.9912, 99.12 %", "0.9812, 98.1 %", "0, 0.0 %"})
    void onlyAPerfectShareIsAHundredPercent(double share, String words) {
        assertThat(Words.share(OptionalDouble.of(share))).isEqualTo(words);
    }

    @Test
    void nothingCountedIsADash() {
        assertThat(Words.share(OptionalDouble.empty())).isEqualTo("-");
        assertThat(Words.p99(TrafficStats.NONE)).isEqualTo("-");
        assertThat(Words.until(null, NOON)).isEqualTo("-");
    }

    @ParameterizedTest
    @CsvSource({"0, 0.0", "0.44, 0.4", "9.94, 9.9", "10, 10", "738.6, 739"})
    void smallRatesHaveADecimal(double rate, String words) {
        assertThat(Words.rate(rate)).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource({"120000, 0.1 ms", "2400000, 2.4 ms", "31000000, 31 ms", "1500000000, 1500 ms"})
    void latenciesAreInMilliseconds(long nanos, String words) {
        assertThat(Words.millis(nanos)).isEqualTo(words);
    }

    @Test
    void timesAreNeverNegative() {
        assertThat(Words.age(NOON.plusSeconds(5), NOON)).isEqualTo("0 s");
        assertThat(Words.age(NOON.minusSeconds(5), NOON)).isEqualTo("5 s");
        assertThat(Words.until(NOON.minusSeconds(1), NOON)).isEqualTo("0 s");
        assertThat(Words.until(NOON.plusSeconds(37), NOON)).isEqualTo("37 s");
    }

    @Test
    void figuresAreTheSameInEveryLocale() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.GERMANY);
        try {
            assertThat(Words.rate(0.5)).isEqualTo("0.5");
            assertThat(Words.millis(2_400_000)).isEqualTo("2.4 ms");
        } finally {
            Locale.setDefault(before);
        }
    }
}
