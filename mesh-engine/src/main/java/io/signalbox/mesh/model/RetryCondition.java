package io.signalbox.mesh.model;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/** Why an attempt may be tried again. */
public enum RetryCondition {
    /** Any 5xx answer, from the application or from the mesh on its behalf. */
    ANY_5XX("5xx"),
    /** 502, 503 or 504. */
    GATEWAY_ERROR("gateway-error"),
    /** The per-try timeout passed before the answer's head. */
    TIMEOUT("timeout"),
    /** No connection could be made, so nothing was sent. */
    CONNECT_FAILURE("connect-failure"),
    /** The connection ended before the answer's head. */
    RESET("reset"),
    /** 409, 425 or 429: what the same request may not meet a moment later. */
    RETRIABLE_4XX("retriable-4xx"),
    /** gRPC's status 1. */
    GRPC_CANCELLED("grpc-cancelled"),
    /** gRPC's status 4. */
    GRPC_DEADLINE_EXCEEDED("grpc-deadline-exceeded"),
    /** gRPC's status 8. */
    GRPC_RESOURCE_EXHAUSTED("grpc-resource-exhausted"),
    /** gRPC's status 13. */
    GRPC_INTERNAL("grpc-internal"),
    /** gRPC's status 14. */
    GRPC_UNAVAILABLE("grpc-unavailable"),
    /** A status that a policy lists by its number; no word that a policy may use. */
    LISTED_STATUS("status"),
    /** No answer when the hedge's delay was over, so that another attempt began beside it; no word either. */
    HEDGE("hedge");

    /** Those that a policy may name. */
    public static final Set<RetryCondition> WORDS = Set.copyOf(EnumSet.complementOf(EnumSet.of(LISTED_STATUS, HEDGE)));

    private final String wireName;

    RetryCondition(String wireName) {
        this.wireName = wireName;
    }

    public String wireName() {
        return wireName;
    }

    public static RetryCondition parse(String text) {
        return Arrays.stream(values())
                .filter(condition -> condition.wireName.equals(text) && WORDS.contains(condition))
                .findFirst()
                .orElseThrow(() -> new InvalidValueException(
                        "retry.retryOn",
                        text,
                        WORDS.stream().sorted().map(RetryCondition::wireName).collect(Collectors.joining(" | "))
                                + " | a status, such as 503"));
    }
}
