package io.signalbox.mesh.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationTextTest {

    @ParameterizedTest
    @CsvSource({
        "250ms, PT0.25S, 250ms",
        "5s, PT5S, 5s",
        "60s, PT1M, 1m",
        "1m30s, PT1M30S, 1m30s",
        "1.5s, PT1.5S, 1s500ms",
        "1h, PT1H, 1h",
        "0s, PT0S, 0s",
        "10us, PT0.00001S, 10us"
    })
    void durationsAreReadAndWrittenInTheLargestUnitsThatFit(String text, Duration duration, String written) {
        assertThat(DurationText.parse("timeout", text)).isEqualTo(duration);
        assertThat(DurationText.format(duration)).isEqualTo(written);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "s", "5 s", "-5s", "5S", "1d", "5s ", "1e3s", "99999999999s"})
    void anythingElseIsRefused(String text) {
        assertThatThrownBy(() -> DurationText.parse("timeout", text))
                .hasMessageStartingWith("timeout: " + text + " (expected: a duration with a unit");
    }
}
