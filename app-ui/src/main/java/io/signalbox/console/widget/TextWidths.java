package io.signalbox.console.widget;

import java.util.LinkedHashMap;
import java.util.Map;
import javafx.scene.text.Font;
import javafx.scene.text.Text;

/** How wide a text is in a font: measured once a text, the last two thousand kept. Used on the FX thread only. */
public final class TextWidths {

    private static final int KEPT = 2_000;

    private static final Map<Key, Double> WIDTHS = new LinkedHashMap<>(256, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Double> eldest) {
            return size() > KEPT;
        }
    };

    private static final Text PROBE = new Text();

    private TextWidths() {}

    public static double of(String text, Font font) {
        return WIDTHS.computeIfAbsent(new Key(text, font), TextWidths::measure);
    }

    private static double measure(Key key) {
        PROBE.setFont(key.font());
        PROBE.setText(key.text());
        return PROBE.getLayoutBounds().getWidth();
    }

    private record Key(String text, Font font) {}
}
