package io.signalbox.mesh.metrics;

import io.signalbox.mesh.model.AccessDecision;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How often one caller met with one decision since somebody last asked.
 *
 * @param source the service that it proves to be; its identity if that names none; {@code unknown} when it proves none
 * @param identity which it proves; {@code null} for none
 * @param rule the one that decided, by name; empty for the policy's default
 * @param method of the last of them; empty for a TCP connection
 * @param path of the last of them, without the query, cut at {@value #LONGEST_PATH}; empty for a TCP connection
 */
public record AccessInterval(
        String source,
        @Nullable String identity,
        AccessDecision decision,
        String rule,
        String method,
        String path,
        long count) {

    public static final int LONGEST_PATH = 200;

    public AccessInterval {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(decision, "decision");
        Objects.requireNonNull(rule, "rule");
        Objects.requireNonNull(method, "method");
        path = path.length() > LONGEST_PATH ? path.substring(0, LONGEST_PATH) : path;
    }
}
