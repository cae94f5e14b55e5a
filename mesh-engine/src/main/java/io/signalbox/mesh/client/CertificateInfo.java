package io.signalbox.mesh.client;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One certificate that a control plane signed.
 *
 * @param sequence counted from 1 in the order of signing
 * @param serial in hexadecimal
 * @param id the SPIFFE id
 * @param instance as whoever asked called itself; {@code null} when it did not say
 * @param by who asked
 * @param origin the token by which the first certificate was got that this one renews; empty for the owner's own, which
 *     cannot be renewed by itself
 */
public record CertificateInfo(
        long sequence,
        String serial,
        String id,
        String service,
        @Nullable String instance,
        String by,
        String origin,
        Instant issuedAt,
        Instant notAfter,
        State state) {

    /** Whether it proves anything now. */
    public enum State {
        ACTIVE,
        /** Good until it ends, but the token by which it was got is revoked, so it is not renewed. */
        ENDING,
        EXPIRED
    }
}
