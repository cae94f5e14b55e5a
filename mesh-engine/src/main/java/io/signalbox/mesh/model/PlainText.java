package io.signalbox.mesh.model;

import java.util.function.IntPredicate;

/**
 * Text for people, without the characters that move a terminal's cursor or turn its writing around: control and format
 * characters, such as those of ANSI sequences and bidirectional overrides. Each becomes U+FFFD.
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
        if (text.chars().noneMatch(harmful)) {
            return text;
        }
        StringBuilder plain = new StringBuilder(text.length());
        text.chars().forEach(c -> plain.append(harmful.test(c) ? REPLACEMENT : (char) c));
        return plain.toString();
    }

    private static boolean isHarmful(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }
}
