package io.signalbox.console.breakers;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.console.fixture.AutopsySketch;
import io.signalbox.console.format.Formats;
import io.signalbox.console.text.Texts;
import io.signalbox.mesh.autopsy.CircuitAutopsy;
import io.signalbox.mesh.model.WindowCounts;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class AutopsyWordsTest {

    private final AutopsyWords words =
            new AutopsyWords(Texts.of(Locale.ENGLISH), Formats.of(Locale.ENGLISH, ZoneOffset.UTC));

    @Test
    void theFrameTellsOfTheWholeWindowThoughNotAllOfItIsDrawn() {
        CircuitAutopsy circuit = AutopsySketch.payment().circuits().getFirst();
        WindowCounts counts = new WindowCounts(1_000, 600, 0);
        CircuitAutopsy large = new CircuitAutopsy(
                circuit.edge(),
                circuit.sourceInstance(),
                circuit.endpoint(),
                circuit.state(),
                circuit.opened(),
                CircuitAutopsy.Rule.FAILURE_RATE,
                0.6,
                0.5,
                counts,
                circuit.calls().size(),
                circuit.config(),
                circuit.calls(),
                circuit.earlierCalls(),
                List.of(),
                0,
                null,
                circuit.refused(),
                List.of());
        assertThat(words.bracket(large)).isEqualTo("600 of 1,000 failed");
    }
}
