package io.signalbox.mesh.client;

import java.time.Instant;

/**
 * What a workload gets for its signing request.
 *
 * @param id the SPIFFE id that the certificate proves
 * @param certificate PEM, the leaf and what leads from it to the root, without the root
 * @param trustBundle PEM, the roots to believe
 * @param trustRevision of those: whoever knows a later one keeps that
 * @param renewAt when to ask for the next one: after two thirds of its life
 */
public record SignedCertificate(
        String id,
        String serial,
        String certificate,
        String trustBundle,
        long trustRevision,
        Instant notAfter,
        Instant renewAt) {}
