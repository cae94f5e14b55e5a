package io.signalbox.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class StartTimesTest {

    private static final Instant BEGIN = Instant.parse("2026-03-02T12:00:00Z");

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final PrintStream err = new PrintStream(written, true, StandardCharsets.UTF_8);
    private Instant now = BEGIN;

    @Test
    void eachMomentIsWrittenOnceInMillisecondsSinceTheStart() {
        StartTimes times = new StartTimes(Map.of("SIGNALBOX_TRACE_START", "1"), () -> now, BEGIN, err);

        now = BEGIN.plusMillis(812);
        times.reached("first-frame");
        now = BEGIN.plusMillis(1_400);
        times.reached("first-frame");
        times.reached("live-mesh");

        assertThat(written.toString(StandardCharsets.UTF_8).lines())
                .containsExactly("start: first-frame 812 ms", "start: live-mesh 1400 ms");
    }

    @Test
    void nothingIsWrittenUnlessAskedFor() {
        new StartTimes(Map.of(), () -> now, BEGIN, err).reached("first-frame");

        assertThat(written.size()).isZero();
    }
}
