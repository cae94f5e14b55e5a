package io.signalbox.mesh.model;

import java.util.Arrays;
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
    RESET("reset");

    private final String wireName;

    RetryCondition(String wireName) {
        this.wireName = wireName;
    }

    public String wireName() {
        return wireName;
    }

    public static RetryCondition parse(String text) {
        return Arrays.stream(values())
                .filter(condition -> condition.wireName.equals(text))
                .findFirst()
                .orElseThrow(() -> new InvalidValueException(
                        "retry.retryOn",
                        text,
                        Arrays.stream(values()).map(RetryCondition::wireName).collect(Collectors.joining(" | "))));
    }
}
