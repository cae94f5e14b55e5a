package io.signalbox.mesh.routing;

import java.nio.charset.StandardCharsets;

/**
 * Looks for parameters in a query, decoding only what is encoded.
 *
 * <p>Pairs are divided by {@code &}, names and values by the first {@code =}; {@code +} is a space, and percent-encoding
 * is UTF-8 (application/x-www-form-urlencoded, URL Standard, 5.1). A malformed {@code %} stays as sent.
 */
final class QueryValues {

    private QueryValues() {}

    /** Whether the condition holds; of a repeated parameter any value may meet it. */
    static boolean meet(String query, ValueTest wanted) {
        boolean found = false;
        int start = 0;
        while (start < query.length()) {
            int next = query.indexOf('&', start);
            int end = next < 0 ? query.length() : next;
            int equals = query.indexOf('=', start);
            int nameEnd = equals < 0 || equals > end ? end : equals;
            if (end > start && named(query, start, nameEnd, wanted.name())) {
                found = true;
                if (wanted.wantsValue()
                        && wanted.value().test(decoded(query.substring(Math.min(end, nameEnd + 1), end)))) {
                    return true;
                }
            }
            start = end + 1;
        }
        return !wanted.wantsValue() && !found;
    }

    private static boolean named(String query, int from, int to, String name) {
        return isEncoded(query, from, to)
                ? decoded(query.substring(from, to)).equals(name)
                : to - from == name.length() && query.startsWith(name, from);
    }

    private static boolean isEncoded(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (text.charAt(i) == '%' || text.charAt(i) == '+') {
                return true;
            }
        }
        return false;
    }

    private static String decoded(String text) {
        if (!isEncoded(text, 0, text.length())) {
            return text;
        }
        byte[] sent = text.getBytes(StandardCharsets.UTF_8);
        byte[] plain = new byte[sent.length];
        int length = 0;
        for (int i = 0; i < sent.length; i++) {
            int octet = sent[i] == '%' ? RequestPath.hexPair(sent, i + 1) : -1;
            if (octet >= 0) {
                plain[length++] = (byte) octet;
                i += 2;
            } else {
                plain[length++] = sent[i] == '+' ? (byte) ' ' : sent[i];
            }
        }
        return new String(plain, 0, length, StandardCharsets.UTF_8);
    }
}
