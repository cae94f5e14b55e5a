package io.signalbox.mesh.client;

import java.time.Instant;

/**
 * What a workload gets for its signing request.
 *
 * @param id the SPIFFE id that the certificate proves
 * @param certificate PEM, the leaf and what leads from it to the root, without the root
 * @param trustBundle PEM, the roots to believe
 * @param renewAt when to ask for the next one: after two thirds of its life
 */
public record SignedCertificate(
        String id, String serial, String certificate, String trustBundle, Instant notAfter, Instant renewAt) {}
