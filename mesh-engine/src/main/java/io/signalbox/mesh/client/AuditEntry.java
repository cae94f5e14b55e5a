package io.signalbox.mesh.client;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One change that somebody made to a mesh, as its audit log keeps it.
 *
 * @param sequence counted from 1 in the order of the changes
 * @param by a person or a program
 * @param reason in the words of whoever changed it; may be empty
 * @param subject what was changed: a service, an instance, an edge, a fault or a token
 * @param revision of the policy that came into force; {@code null} when none did
 * @param change lines that went begin with {@code -}, lines that came with {@code +}
 */
public record AuditEntry(
        long sequence,
        Instant at,
        String by,
        String reason,
        Kind kind,
        String subject,
        @Nullable Long revision,
        String change) {

    /** What sort of thing was changed. */
    public enum Kind {
        POLICY,
        WEIGHTS,
        /** A rollout was queued, paused, resumed or ended; its steps are weights. */
        ROLLOUT,
        BREAKER,
        DRAIN,
        FAULT,
        LOAD,
        INSTANCE,
        ADOPTION,
        TOKEN,
        IDENTITY,
        /** A change that would have been taken back stands. */
        CONFIRMATION,
        /** A console that was read-only may change things for a while. */
        UNLOCK
    }
}
