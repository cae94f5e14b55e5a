package io.signalbox.console.widget;

import java.util.LinkedHashMap;
import java.util.Map;
import javafx.scene.text.Font;
import javafx.scene.text.Text;

/**
 * How wide a text is in a font: measured once a text, the last two thousand kept. Each thread measures for itself, since
 * screens are also laid out off the FX thread.
 */
public final class TextWidths {

    private static final int KEPT = 2_000;

    private static final ThreadLocal<TextWidths> MINE = ThreadLocal.withInitial(TextWidths::new);

    private final Map<Key, Double> widths = new LinkedHashMap<>(256, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Double> eldest) {
            return size() > KEPT;
        }
    };

    private final Text probe = new Text();

    private TextWidths() {}

    public static double of(String text, Font font) {
        TextWidths mine = MINE.get();
        return mine.widths.computeIfAbsent(new Key(text, font), mine::measure);
    }

    private double measure(Key key) {
        probe.setFont(key.font());
        probe.setText(key.text());
        return probe.getLayoutBounds().getWidth();
    }

    private record Key(String text, Font font) {}
}
