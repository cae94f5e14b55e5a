package io.signalbox.mesh.proxy.message;

/** A host, with or without a port, as {@code Host} carries it (RFC 3986, 3.2, without user information). */
public final class Authority {

    private static final String UNRESERVED_AND_DELIMITERS = "-._~!$&'()*+,;=%";

    private Authority() {}

    /** An empty one is valid: it says that there is none. */
    public static boolean isValid(String text) {
        int portAt = text.lastIndexOf(':');
        if (text.startsWith("[")) {
            int close = text.indexOf(']');
            return close > 1
                    && isAddress(text, 1, close)
                    && (close + 1 == text.length() || (portAt == close + 1 && isPort(text, portAt + 1)));
        }
        return portAt < 0
                ? isName(text, text.length())
                : portAt > 0 && isName(text, portAt) && isPort(text, portAt + 1);
    }

    private static boolean isName(String text, int to) {
        for (int i = 0; i < to; i++) {
            char c = text.charAt(i);
            if (!isAlphanumeric(c) && UNRESERVED_AND_DELIMITERS.indexOf(c) < 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean isAddress(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (Character.digit(c, 16) < 0 && c != ':' && c != '.' && c != 'v') {
                return false;
            }
        }
        return true;
    }

    private static boolean isPort(String text, int from) {
        if (text.length() - from > 5) {
            return false;
        }
        int port = 0;
        for (int i = from; i < text.length(); i++) {
            char digit = text.charAt(i);
            if (digit < '0' || digit > '9') {
                return false;
            }
            port = 10 * port + digit - '0';
        }
        return port <= 65_535;
    }

    private static boolean isAlphanumeric(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }
}
