package io.signalbox.console.topology.paint;

import io.signalbox.console.topology.layout.NodeSize;
import java.util.function.ToDoubleFunction;

/** Names cut in the middle, so that their beginning and their number at the end both stay. */
final class ShortName {

    private static final String CUT = "…";

    private ShortName() {}

    /** The name with at most 14 characters. */
    static String of(String name) {
        return cut(name, NodeSize.MOST_LETTERS);
    }

    /** The longest cut of the name that fits a width; empty when not even three characters do. */
    static String fitting(String name, double width, ToDoubleFunction<String> measure) {
        String whole = cut(name, NodeSize.MOST_LETTERS);
        if (measure.applyAsDouble(whole) <= width) {
            return whole;
        }
        for (int letters = Math.min(name.length(), NodeSize.MOST_LETTERS); letters >= 3; letters--) {
            String text = cut(name, letters);
            if (measure.applyAsDouble(text) <= width) {
                return text;
            }
        }
        return "";
    }

    private static String cut(String name, int letters) {
        if (name.length() <= letters) {
            return name;
        }
        int head = letters / 2;
        int tail = letters - 1 - head;
        return name.substring(0, head) + CUT + name.substring(name.length() - tail);
    }
}
