package io.signalbox.mesh.client;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The roots of a mesh, and how far one is on its way to take another's place.
 *
 * @param revision grows by one with each change of the roots, for ever
 * @param since when the phase began; {@code null} when nobody ever rolled
 * @param oldUntil the old root is believed at least until then; {@code null} in no roll
 * @param by who rolled last; empty when nobody ever did
 * @param waitingFor certificates for which the roll waits
 */
public record AuthorityInfo(
        long revision,
        Phase phase,
        List<Root> roots,
        @Nullable Instant since,
        @Nullable Instant oldUntil,
        String by,
        String reason,
        int waitingFor) {

    public AuthorityInfo {
        roots = List.copyOf(roots);
    }

    /** How far a roll is. */
    public enum Phase {
        /** One root signs, and no other is believed. */
        STEADY,
        /** The old one signs; all are told to believe the new one too. */
        TELLING,
        /** The new one signs; the old one is believed until what it signed has ended. */
        SIGNING
    }

    /**
     * One of them.
     *
     * @param fingerprint SHA-256, in hexadecimal
     */
    public record Root(String fingerprint, Instant notAfter, Role role) {}

    /** What a root does. */
    public enum Role {
        SIGNS,
        BELIEVED
    }
}
