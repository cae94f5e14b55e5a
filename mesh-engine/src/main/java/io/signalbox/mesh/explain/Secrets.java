package io.signalbox.mesh.explain;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Header fields and parameters whose values nobody is shown. */
final class Secrets {

    static final String MASK = "(hidden)";

    private static final List<String> WORDS =
            List.of("authorization", "cookie", "token", "secret", "password", "api-key", "apikey", "credential");

    private Secrets() {}

    static boolean isSecret(String subject) {
        String lower = subject.toLowerCase(Locale.ROOT);
        return WORDS.stream().anyMatch(lower::contains);
    }

    /** A query without the values of parameters that are secret, or whose names are encoded, so that they may be. */
    static String masked(String query) {
        return Arrays.stream(query.split("&", -1)).map(Secrets::maskedPair).collect(Collectors.joining("&"));
    }

    static boolean isMasked(String query) {
        return query.contains(MASK) && Arrays.stream(query.split("&", -1)).anyMatch(pair -> pair.endsWith("=" + MASK));
    }

    private static String maskedPair(String pair) {
        int equals = pair.indexOf('=');
        if (equals < 0) {
            return pair;
        }
        String name = pair.substring(0, equals);
        return isSecret(name) || name.indexOf('%') >= 0 ? name + '=' + MASK : pair;
    }
}
