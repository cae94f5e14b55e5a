package io.signalbox.mesh.client;

import java.time.Instant;

/**
 * One token that a control plane gave out, without the secret.
 *
 * @param by who asked for it
 * @param expiresAt from when on it opens nothing
 */
public record TokenInfo(
        String name,
        String scope,
        Uses uses,
        State state,
        String by,
        String reason,
        Instant createdAt,
        Instant expiresAt) {

    /** How often it opens something. */
    public enum Uses {
        MANY,
        /** For one certificate; whoever got that renews by it. */
        ONCE
    }

    /** Whether it opens anything now. */
    public enum State {
        ACTIVE,
        USED,
        EXPIRED,
        REVOKED
    }
}
