package io.signalbox.mesh.trace;

import java.util.HexFormat;

/** Fixed-width identifiers as hexadecimal text. */
final class Hex {

    private static final HexFormat FORMAT = HexFormat.of();

    private Hex() {}

    static String of(long id) {
        return FORMAT.toHexDigits(id);
    }

    /** Whether the range is one or more digits, in either case. */
    static boolean digits(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (digit(text.charAt(i)) < 0) {
                return false;
            }
        }
        return from < to;
    }

    /** Whether the range is one or more digits, none of them in capitals. */
    static boolean lowerDigits(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (digit(c) < 0 || (c >= 'A' && c <= 'F')) {
                return false;
            }
        }
        return from < to;
    }

    /** Reads at most 16 digits; the range must hold nothing else. */
    static long parse(String text, int from, int to) {
        long id = 0;
        for (int i = from; i < to; i++) {
            id = (id << 4) | digit(text.charAt(i));
        }
        return id;
    }

    private static int digit(char c) {
        if (c >= '0' && c <= '9') {
            return c - '0';
        }
        if (c >= 'a' && c <= 'f') {
            return c - 'a' + 10;
        }
        return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
    }
}
