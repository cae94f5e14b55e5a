package io.signalbox.mesh.model;

import java.util.function.IntPredicate;

/**
 * Text for people, without the characters that move a terminal's cursor or turn its writing around: control and format
 * characters, such as those of ANSI sequences and bidirectional overrides, and halves of characters. Each becomes U+FFFD.
 */
public final class PlainText {

    private static final char REPLACEMENT = '\uFFFD';

    private PlainText() {}

    /** One line of it. */
    public static String of(String text) {
        return without(text, PlainText::isHarmful);
    }

    /** The same, where lines may end and be indented. */
    public static String lines(String text) {
        return without(text, c -> isHarmful(c) && c != '\n' && c != '\t');
    }

    private static String without(String text, IntPredicate harmful) {
        if (isPrintable(text) || text.codePoints().noneMatch(harmful)) {
            return text;
        }
        StringBuilder plain = new StringBuilder(text.length());
        text.codePoints().forEach(c -> plain.appendCodePoint(harmful.test(c) ? REPLACEMENT : c));
        return plain.toString();
    }

    /** Of ASCII alone, as nearly everything is. */
    private static boolean isPrintable(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > '~') {
                return false;
            }
        }
        return true;
    }

    private static boolean isHarmful(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> true;
            default -> false;
        };
    }
}
