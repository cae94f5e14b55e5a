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
                    && isAddress(text.substring(1, close))
                    && (close + 1 == text.length() || (portAt == close + 1 && isPort(text.substring(portAt + 1))));
        }
        String host = portAt < 0 ? text : text.substring(0, portAt);
        return isName(host) && (portAt < 0 || (!host.isEmpty() && isPort(text.substring(portAt + 1))));
    }

    private static boolean isName(String host) {
        for (int i = 0; i < host.length(); i++) {
            char c = host.charAt(i);
            if (!isAlphanumeric(c) && UNRESERVED_AND_DELIMITERS.indexOf(c) < 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean isAddress(String host) {
        for (int i = 0; i < host.length(); i++) {
            char c = host.charAt(i);
            if (Character.digit(c, 16) < 0 && c != ':' && c != '.' && c != 'v') {
                return false;
            }
        }
        return true;
    }

    private static boolean isPort(String port) {
        if (port.length() > 5) {
            return false;
        }
        for (int i = 0; i < port.length(); i++) {
            if (port.charAt(i) < '0' || port.charAt(i) > '9') {
                return false;
            }
        }
        return port.isEmpty() || Integer.parseInt(port) <= 65_535;
    }

    private static boolean isAlphanumeric(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }
}
