package io.signalbox.console.widget;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.console.testing.Fx;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import javafx.scene.text.Font;
import org.junit.jupiter.api.Test;

/** Screens are laid out on the FX thread and, while they are rehearsed, on another. */
class TextWidthsTest {

    private static final int ROUNDS = 20;

    private final Font font = Fx.call(() -> Font.font(13));

    @Test
    void twoThreadsMeasureAtTheSameTime() throws Exception {
        List<Double> expected = Fx.call(() -> widths("w"));
        CompletableFuture<List<Double>> other = CompletableFuture.supplyAsync(this::rounds);
        List<Double> onFx = Fx.call(this::rounds);

        assertThat(onFx).isEqualTo(expected);
        assertThat(other.get()).isEqualTo(expected);
    }

    private List<Double> rounds() {
        for (int round = 0; round < ROUNDS; round++) {
            widths("round " + round + " ");
        }
        return widths("w");
    }

    private List<Double> widths(String prefix) {
        return IntStream.range(0, 1_000)
                .mapToObj(i -> TextWidths.of(prefix + Integer.toString(i, 2), font))
                .toList();
    }
}
