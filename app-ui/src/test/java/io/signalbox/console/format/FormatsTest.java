package io.signalbox.console.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormatsTest {

    private final Formats english = Formats.of(Locale.ENGLISH, ZoneId.of("Europe/Berlin"));
    private final Formats german = Formats.of(Locale.GERMAN, ZoneId.of("Europe/Berlin"));

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        0     | 0     | –
        0     | 10    | 0.0 %
        1     | 10000 | <0.1 %
        9     | 10000 | <0.1 %
        10    | 10000 | 0.1 %
        944   | 1000  | 94.4 %
        9899  | 10000 | 99.0 %
        9900  | 10000 | 99.00 %
        9962  | 10000 | 99.62 %
        99999 | 100000 | 99.99 %
        10    | 10    | 100 %
        """)
    void aShareHasAsManyDecimalsAsItsSizeAllows(long part, long whole, String expected) {
        assertThat(plain(english.share(part, whole))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        0             | 0 ms
        30000         | <0.1 ms
        400000        | 0.4 ms
        949999        | 0.9 ms
        950000        | 1 ms
        7300000       | 7 ms
        9949999       | 10 ms
        9950000       | 10 ms
        88400000      | 88 ms
        999400000     | 999 ms
        999500000     | 1.0 s
        1230000000    | 1.2 s
        12300000000   | 12 s
        59400000000   | 59 s
        59600000000   | 1 min
        66000000000   | 1 min 6 s
        3600000000000 | 1 h
        7500000000000 | 2 h 5 min
        90000000000000 | 1 d 1 h
        """)
    void aLatencyIsAsShortAsItsSizeAllows(long nanos, String expected) {
        assertThat(plain(english.latency(nanos))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        0       | 3 | 0
        10      | 0 | 10
        0.5     | 3 | 0.5
        99.9    | 3 | 99.9
        1200    | 1 | 1,200
        12.3456 | 2 | 12.35
        """)
    void theShortestNumberHasNoZerosAfterItsPointThatSayNothing(double value, int decimals, String expected) {
        assertThat(english.shortest(value, decimals)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        7300000  | 7.3 ms
        9949999  | 9.9 ms
        9950000  | 10 ms
        88400000 | 88 ms
        """)
    void detailsShowOneDecimalBelowTenMilliseconds(long nanos, String expected) {
        assertThat(plain(english.latencyDetail(nanos))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        0     | 0/s
        0.01  | <0.1/s
        0.26  | 0.3/s
        9.94  | 9.9/s
        9.95  | 10/s
        41.4  | 41/s
        1234  | 1,234/s
        """)
    void aRateHasOneDecimalBelowTen(double perSecond, String expected) {
        assertThat(plain(english.rate(perSecond))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        -500    | 0:00
        0       | 0:00
        1       | 0:01
        36001   | 0:37
        37000   | 0:37
        66000   | 1:06
        3723000 | 1:02:03
        """)
    void aCountdownRoundsUpAndNeverGoesBelowZero(long millis, String expected) {
        assertThat(english.countdown(Duration.ofMillis(millis))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        0          | 0 B
        512        | 512 B
        1023       | 1,023 B
        1024       | 1.0 KiB
        1536       | 1.5 KiB
        12582912   | 12 MiB
        1610612736 | 1.5 GiB
        """)
    void bytesAreCountedInPowersOf1024(long bytes, String expected) {
        assertThat(plain(english.bytes(bytes))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        7     | 7
        42    | 42
        2412  | 2,400
        2460  | 2,500
        98765 | 99,000
        """)
    void anEstimateHasTwoSignificantDigits(double value, String expected) {
        assertThat(english.estimate(value)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        0.0025  | +0.25 pt
        -0.0025 | −0.25 pt
        0       | 0.00 pt
        """)
    void aDifferenceCarriesItsSignAndATrueMinus(double difference, String expected) {
        assertThat(plain(english.points(difference))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        0           | 0
        999         | 999
        1000        | 1,000
        1234567     | 1,234,567
        -1234567    | −1,234,567
        9007199254740993 | 9,007,199,254,740,993
        """)
    void aCountIsWrittenInFull(long value, String expected) {
        assertThat(english.count(value)).isEqualTo(expected);
    }

    @Test
    void aShareStandsWithItsIntervalAndWhatItRestsOn() {
        assertThat(plain(english.shareWithInterval(635, 2212, 0.2685, 0.3065))).isEqualTo("28.7 % ± 1.9, n = 2,212");
        assertThat(english.shareWithInterval(0, 0, 0, 1)).isEqualTo("–");
    }

    @Test
    void aSpaceBeforeAUnitDoesNotBreak() {
        assertThat(english.share(944, 1000)).isEqualTo("94.4\u00a0%");
        assertThat(english.latency(66_000_000_000L)).isEqualTo("1\u00a0min\u00a06\u00a0s");
    }

    @Test
    void germanWritesACommaAndGroupsByPoints() {
        assertThat(plain(german.share(944, 1000))).isEqualTo("94,4 %");
        assertThat(german.count(1_234_567)).isEqualTo("1.234.567");
        assertThat(plain(german.latency(1_230_000_000))).isEqualTo("1,2 s");
    }

    @Test
    void aClockIsLocalWithSecondsAndItsTooltipUtc() {
        Instant at = Instant.parse("2026-07-01T12:31:45.302Z");
        assertThat(english.clock(at)).isEqualTo("14:31:45");
        assertThat(english.clockMillis(at)).isEqualTo("14:31:45.302");
        assertThat(english.clockUtc(at)).isEqualTo("2026-07-01 12:31:45 UTC");
    }

    @Test
    void anAgeBelowTenSecondsHasOneDecimal() {
        assertThat(plain(english.age(Duration.ofMillis(420)))).isEqualTo("0.4 s");
        assertThat(plain(english.age(Duration.ofMillis(-5)))).isEqualTo("0.0 s");
        assertThat(plain(english.age(Duration.ofSeconds(72)))).isEqualTo("1 min 12 s");
    }

    @Test
    void whatIsNotANumberIsADash() {
        assertThat(english.rateFigure(Double.NaN)).isEqualTo("–");
        assertThat(english.number(Double.POSITIVE_INFINITY, 1)).isEqualTo("–");
    }

    private static String plain(String text) {
        return text.replace('\u00a0', ' ');
    }
}
