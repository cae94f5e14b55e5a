package io.signalbox.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class StartTimesTest {

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final PrintStream err = new PrintStream(written, true, StandardCharsets.UTF_8);
    private long now = 5_000_000_000L;

    @Test
    void eachMomentIsWrittenOnceInMillisecondsSinceTheStart() {
        StartTimes times = new StartTimes(Map.of("SIGNALBOX_TRACE_START", "1"), () -> now, err);

        now += 812_000_000;
        times.reached("first-frame");
        now += 588_000_000;
        times.reached("first-frame");
        times.reached("live-mesh");

        assertThat(written.toString(StandardCharsets.UTF_8).lines())
                .containsExactly("start: first-frame 812 ms", "start: live-mesh 1400 ms");
    }

    @Test
    void nothingIsWrittenUnlessAskedFor() {
        new StartTimes(Map.of(), () -> now, err).reached("first-frame");

        assertThat(written.size()).isZero();
    }
}
