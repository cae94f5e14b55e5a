package io.signalbox.mesh.proxy.message;

import java.nio.charset.StandardCharsets;

/** The classes of octets that RFC 9110 and 9112 speak of. */
public final class Octets {

    private static final byte TOKEN = 1;
    private static final byte TEXT = 2;
    private static final byte TARGET = 4;
    private static final byte[] CLASSES = classes();

    private Octets() {}

    /** May stand in a method or a field name. */
    public static boolean isToken(byte octet) {
        return (CLASSES[octet & 0xff] & TOKEN) != 0;
    }

    /** May stand in a field value: visible, space, tab, or beyond ASCII. */
    public static boolean isText(byte octet) {
        return (CLASSES[octet & 0xff] & TEXT) != 0;
    }

    /** May stand in a request target: visible ASCII, without the sign that begins a fragment. */
    public static boolean isTarget(byte octet) {
        return (CLASSES[octet & 0xff] & TARGET) != 0;
    }

    public static boolean isDigit(byte octet) {
        return octet >= '0' && octet <= '9';
    }

    /** The value of a hexadecimal digit, or -1. */
    public static int hex(byte octet) {
        return octet < 0 ? -1 : Character.digit(octet, 16);
    }

    public static boolean isBlank(byte octet) {
        return octet == ' ' || octet == '\t';
    }

    public static String string(byte[] bytes, int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    }

    private static byte[] classes() {
        byte[] classes = new byte[256];
        for (int c = 0; c < 256; c++) {
            boolean letterOrDigit = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (letterOrDigit || (c < 128 && "!#$%&'*+-.^_`|~".indexOf(c) >= 0)) {
                classes[c] |= TOKEN;
            }
            if (c == '\t' || (c >= ' ' && c != 127)) {
                classes[c] |= TEXT;
            }
            if (c > ' ' && c < 127 && c != '#') {
                classes[c] |= TARGET;
            }
        }
        return classes;
    }
}
