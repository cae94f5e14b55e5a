package io.signalbox.mesh.routing;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The form in which paths are compared: that of the request and that of the rule are both brought into it.
 *
 * <p>Applications differ in how they read {@code /x/../admin}, {@code //admin} or {@code /%61dmin}; a rule about
 * {@code /admin} must hold for all of them, and a rule about {@code /public} must not take {@code /public/../admin}.
 * So, for comparing only (the path goes on as it was sent):
 *
 * <ol>
 *   <li>percent-encoded printable ASCII is decoded, once, so {@code %2e} is a dot and {@code %252e} is not one;
 *   <li>{@code %2F}, {@code %5C}, {@code %25}, {@code %3F} and {@code %23} stay: an encoded slash is data and not a
 *       separator (RFC 3986, 2.2); what stays, and what is not ASCII, is written as {@code %} and capitals;
 *   <li>empty segments go, then {@code .} and {@code ..} are resolved, never above the root (RFC 3986, 5.2.4);
 *   <li>a trailing slash is kept: {@code /v1} and {@code /v1/} are different exact paths.
 * </ol>
 *
 * <p>Case matters, and path parameters ({@code ;x=1}) are part of their segment. A malformed {@code %} stays as sent.
 */
final class RequestPath {

    private static final String KEPT_ENCODED = "/\\%?#";

    private RequestPath() {}

    /** Returns the path itself when it already is canonical, which nearly all are. */
    static String canonical(String path) {
        return isPlain(path) ? path : resolved(decoded(path));
    }

    /** A prefix ends at a segment, so {@code /v1/} and {@code /v1} mean the same, and {@code /} is every path. */
    static String canonicalPrefix(String prefix) {
        String path = canonical(prefix);
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    /** Whether the canonical path is the canonical prefix or lies below it. */
    static boolean startsWith(String path, String prefix) {
        return path.startsWith(prefix) && (path.length() == prefix.length() || path.charAt(prefix.length()) == '/');
    }

    /** The canonical path as it may stand in a request: what a URI cannot hold is encoded (RFC 3986, 3.3). */
    static String written(String canonical) {
        StringBuilder text = null;
        for (int i = 0; i < canonical.length(); i++) {
            char c = canonical.charAt(i);
            boolean fits = c == '/' || c == '%' || isPathChar(c);
            if (!fits && text == null) {
                text = new StringBuilder(canonical.length() + 8).append(canonical, 0, i);
            }
            if (text != null) {
                append(text, c, fits);
            }
        }
        return text == null ? canonical : text.toString();
    }

    private static boolean isPathChar(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || "-._~!$&'()*+,;=:@".indexOf(c) >= 0;
    }

    private static boolean isPlain(String path) {
        char before = 0;
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c == '%' || c <= ' ' || c > '~' || (before == '/' && (c == '/' || c == '.'))) {
                return false;
            }
            before = c;
        }
        return true;
    }

    private static String decoded(String path) {
        byte[] bytes = path.getBytes(StandardCharsets.UTF_8);
        StringBuilder text = new StringBuilder(bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            int encoded = bytes[i] == '%' ? hexPair(bytes, i + 1) : -1;
            if (encoded >= 0) {
                append(text, encoded, KEPT_ENCODED.indexOf(encoded) < 0);
                i += 2;
            } else {
                append(text, bytes[i] & 0xff, true);
            }
        }
        return text.toString();
    }

    private static void append(StringBuilder text, int octet, boolean plainIfPrintable) {
        if (plainIfPrintable && octet > ' ' && octet <= '~') {
            text.append((char) octet);
        } else {
            text.append('%').append(hexDigit(octet >> 4)).append(hexDigit(octet & 0xf));
        }
    }

    static int hexPair(byte[] bytes, int at) {
        if (at + 1 >= bytes.length) {
            return -1;
        }
        int high = Character.digit(bytes[at], 16);
        int low = Character.digit(bytes[at + 1], 16);
        return high < 0 || low < 0 ? -1 : high << 4 | low;
    }

    private static char hexDigit(int nibble) {
        return "0123456789ABCDEF".charAt(nibble);
    }

    private static String resolved(String path) {
        List<String> segments = new ArrayList<>();
        boolean endsInSlash = true;
        for (String segment : path.split("/", -1)) {
            endsInSlash = segment.isEmpty() || segment.equals(".") || segment.equals("..");
            if (!endsInSlash) {
                segments.add(segment);
            } else if (segment.equals("..") && !segments.isEmpty()) {
                segments.removeLast();
            }
        }
        String joined = "/" + String.join("/", segments);
        return endsInSlash && !segments.isEmpty() ? joined + "/" : joined;
    }
}
