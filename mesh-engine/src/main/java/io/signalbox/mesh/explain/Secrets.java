package io.signalbox.mesh.explain;

import java.util.List;
import java.util.Locale;

/** Header fields whose values nobody is shown. */
final class Secrets {

    static final String MASK = "(hidden)";

    private static final List<String> WORDS =
            List.of("authorization", "cookie", "token", "secret", "password", "api-key", "apikey", "credential");

    private Secrets() {}

    static boolean isSecret(String subject) {
        String lower = subject.toLowerCase(Locale.ROOT);
        return WORDS.stream().anyMatch(lower::contains);
    }
}
