package io.signalbox.mesh.model;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Why the mesh itself answered instead of the application: the closed list behind {@code x-signalbox-cause}.
 *
 * <p>The wire word is the lower-case name with hyphens.
 */
public enum Cause {
    /** The request cannot be understood or names no service. */
    BAD_REQUEST,
    /** No service of that name is registered. */
    UNKNOWN_SERVICE,
    /** The service, or the version that was chosen, has no endpoint that may serve. */
    NO_ENDPOINTS,
    /** The circuits of every endpoint that might have served refuse calls. */
    BREAKER_OPEN,
    /** No connection could be made to the endpoint. */
    CONNECT_FAILURE,
    /** The endpoint's identity could not be proven, or is not the one expected. */
    IDENTITY_MISMATCH,
    /** The connection ended before the answer was complete. */
    UPSTREAM_RESET,
    /** The answer broke the protocol. */
    UPSTREAM_PROTOCOL,
    /** The request's timeout passed. */
    TIMEOUT,
    /** The per-try timeout of the last attempt passed. */
    PER_TRY_TIMEOUT,
    /** The sidecar could not reach its own application. */
    APP_UNREACHABLE,
    /** The caller went away before the answer. */
    CALLER_GONE,
    /** The sidecar is stopping. */
    DRAINING,
    /** A limit of the sidecar was reached. */
    OVERLOADED,
    /** The caller may send the service no more for now: its own sidecar says so, or the service's. */
    RATE_LIMITED,
    /** The service's policy does not let this caller do that. */
    ACCESS_DENIED,
    /** A fault of the service's policy gives the answer in the application's place. */
    FAULT_INJECTED,
    /** A rule tells the caller to ask elsewhere. */
    REDIRECT,
    /** A rule gives the answer. */
    DIRECT_RESPONSE,
    /** The request was to pass no further proxy. */
    MAX_FORWARDS,
    /** A defect in the mesh itself. */
    INTERNAL;

    /** Whether something went wrong; what a rule or the caller asked for did not. */
    public boolean isFailure() {
        return this != REDIRECT && this != DIRECT_RESPONSE && this != MAX_FORWARDS;
    }

    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<Cause> parse(String text) {
        return Arrays.stream(values())
                .filter(cause -> cause.wireName().equals(text))
                .findFirst();
    }
}
