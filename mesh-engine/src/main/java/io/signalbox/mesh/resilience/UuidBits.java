package io.signalbox.mesh.resilience;

import java.util.UUID;

/** A UUID in lower case as two numbers in a row of an array, so that a thousand of them are no objects. */
final class UuidBits {

    private static final int LENGTH = 36;

    private UuidBits() {}

    /** False, and nothing is written, when the text is no such UUID, or the one of zeros, which stands for nothing. */
    static boolean write(String text, long[] to, int at) {
        if (text.length() != LENGTH) {
            return false;
        }
        long high = 0;
        long bits = 0;
        for (int i = 0; i < LENGTH; i++) {
            char c = text.charAt(i);
            switch (i) {
                case 8, 13, 18, 23 -> {
                    if (c != '-') {
                        return false;
                    }
                    if (i == 18) {
                        high = bits;
                    }
                }
                default -> {
                    int digit = lowerDigit(c);
                    if (digit < 0) {
                        return false;
                    }
                    bits = bits << 4 | digit;
                }
            }
        }
        if ((high | bits) == 0) {
            return false;
        }
        to[at] = high;
        to[at + 1] = bits;
        return true;
    }

    static void clear(long[] to, int at) {
        to[at] = 0;
        to[at + 1] = 0;
    }

    static boolean isClear(long[] from, int at) {
        return (from[at] | from[at + 1]) == 0;
    }

    static String read(long[] from, int at) {
        return new UUID(from[at], from[at + 1]).toString();
    }

    private static int lowerDigit(char c) {
        if (c >= '0' && c <= '9') {
            return c - '0';
        }
        return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
    }
}
