package io.signalbox.mesh.trace;

import java.nio.charset.StandardCharsets;

/** Fixed-width identifiers as hexadecimal text. */
final class Hex {

    static final int ID_DIGITS = 16;
    static final int TRACE_ID_DIGITS = 32;

    /** Where the ids begin in {@code traceparent}. */
    static final int TRACE_ID = 3;

    static final int SPAN_ID = TRACE_ID + TRACE_ID_DIGITS + 1;

    private static final int FLAGS = SPAN_ID + ID_DIGITS + 1;

    /** Each byte's two digits, the first one low. */
    private static final short[] PAIRS = pairs();

    private Hex() {}

    static String of(long id) {
        byte[] digits = new byte[ID_DIGITS];
        write(id, digits, 0);
        return new String(digits, StandardCharsets.ISO_8859_1);
    }

    static String of(long high, long low) {
        byte[] digits = new byte[TRACE_ID_DIGITS];
        write(high, digits, 0);
        write(low, digits, ID_DIGITS);
        return new String(digits, StandardCharsets.ISO_8859_1);
    }

    /** The value of the field {@code traceparent} of version 00. */
    static String traceparent(long traceHigh, long traceLow, long span, String flags) {
        byte[] text = new byte[FLAGS + flags.length()];
        text[0] = '0';
        text[1] = '0';
        text[2] = '-';
        write(traceHigh, text, TRACE_ID);
        write(traceLow, text, TRACE_ID + ID_DIGITS);
        text[SPAN_ID - 1] = '-';
        write(span, text, SPAN_ID);
        text[FLAGS - 1] = '-';
        for (int i = 0; i < flags.length(); i++) {
            text[FLAGS + i] = (byte) flags.charAt(i);
        }
        return new String(text, StandardCharsets.ISO_8859_1);
    }

    private static void write(long id, byte[] to, int at) {
        int shift = Long.SIZE - Byte.SIZE;
        for (int i = at; i < at + ID_DIGITS; i += 2) {
            short pair = PAIRS[(int) (id >>> shift) & 0xff];
            to[i] = (byte) pair;
            to[i + 1] = (byte) (pair >> Byte.SIZE);
            shift -= Byte.SIZE;
        }
    }

    private static short[] pairs() {
        short[] pairs = new short[256];
        for (int i = 0; i < pairs.length; i++) {
            pairs[i] = (short) (Character.forDigit(i >> 4, 16) | Character.forDigit(i & 0xf, 16) << Byte.SIZE);
        }
        return pairs;
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
