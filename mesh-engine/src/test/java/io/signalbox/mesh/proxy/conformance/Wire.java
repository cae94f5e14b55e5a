package io.signalbox.mesh.proxy.conformance;

import java.nio.charset.StandardCharsets;

/**
 * How the tables write bytes down: a line break is CR LF, a control picture is the control character it shows.
 *
 * <p>So {@code ␍} is a bare CR, {@code ␊} a bare LF, {@code ␀} a NUL, and a character up to {@code ÿ} is one byte.
 */
final class Wire {

    private static final char FIRST_PICTURE = '\u2400';
    private static final char DELETE_PICTURE = '\u2421';

    private Wire() {}

    static byte[] bytes(String text) {
        StringBuilder wire = new StringBuilder(text.length() + 16);
        text.chars().forEach(c -> {
            if (c == '\n') {
                wire.append("\r\n");
            } else if (c == DELETE_PICTURE) {
                wire.append('\u007f');
            } else if (c >= FIRST_PICTURE && c < FIRST_PICTURE + ' ') {
                wire.append((char) (c - FIRST_PICTURE));
            } else {
                wire.append((char) c);
            }
        });
        return wire.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    /** One character for each byte. */
    static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /** For failure messages: short, on one line, with every control visible. */
    static String shown(String text) {
        String head = text.length() > 400 ? text.substring(0, 400) + "… (" + text.length() + " bytes)" : text;
        StringBuilder shown = new StringBuilder();
        head.chars().forEach(c -> shown.append((char) (c < ' ' ? FIRST_PICTURE + c : c)));
        return shown.toString();
    }
}
