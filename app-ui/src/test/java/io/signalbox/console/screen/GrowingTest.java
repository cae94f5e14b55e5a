package io.signalbox.console.screen;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.console.testing.Fx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** A long list comes in as fast as the machine takes it. */
class GrowingTest {

    private static final Duration PULSE = Duration.ofMillis(40);
    private static final Duration LATE = Duration.ofMillis(41);

    private final List<Integer> shown = new ArrayList<>();
    private Duration late = Duration.ZERO;

    @Test
    void whatComesLateComesInSmallerPieces() {
        Fx.run(() -> {
            ScreenBench on = new ScreenBench(Locale.ENGLISH);
            Growing growing = growing(on);
            shown.add(growing.of(100));
            for (Duration more : List.of(LATE, LATE, LATE, LATE, Duration.ZERO, Duration.ZERO, Duration.ZERO)) {
                late = late.plus(more);
                on.time.advance(PULSE);
            }

            assertThat(shown).containsExactly(8, 12, 14, 15, 16, 18, 22, 30);
        });
    }

    private Growing growing(ScreenBench on) {
        Workbench usual = on.bench;
        List<Growing> made = new ArrayList<>();
        made.add(new Growing(
                100,
                8,
                new Workbench(
                        usual.feed(),
                        usual.commands(),
                        usual.formats(),
                        usual.texts(),
                        usual.shell(),
                        usual.scheduler(),
                        () -> on.time.nanos() + late.toNanos(),
                        usual.clock(),
                        usual.operator()),
                () -> shown.add(made.getFirst().of(100))));
        return made.getFirst();
    }
}
