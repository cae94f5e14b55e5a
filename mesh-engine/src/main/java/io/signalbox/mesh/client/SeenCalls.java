package io.signalbox.mesh.client;

import io.signalbox.mesh.model.AccessDecision;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The calls of one caller to one service with which one rule did the same, since the control plane began or forgot them.
 *
 * @param source the service that it proved to be; its identity if that names none; {@code unknown} when it proved none
 * @param identity which it proved; {@code null} for none
 * @param rule the one that decided, by name; empty for the policy's default
 * @param instance where the last one arrived
 * @param method of the last one; empty for a TCP connection
 * @param path of the last one, without the query; empty for a TCP connection
 */
public record SeenCalls(
        String service,
        String source,
        @Nullable String identity,
        AccessDecision decision,
        String rule,
        String instance,
        String method,
        String path,
        long count,
        Instant first,
        Instant last) {}
