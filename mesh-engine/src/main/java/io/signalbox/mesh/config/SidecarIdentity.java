package io.signalbox.mesh.config;

import io.signalbox.mesh.tls.ServiceIdentity;

/** What a sidecar proves itself with, as its file describes it. */
public sealed interface SidecarIdentity {

    /** Nothing: it speaks plain text. */
    record None() implements SidecarIdentity {}

    /** What stood in PEM files when the document was read. */
    record Given(ServiceIdentity identity) implements SidecarIdentity {}

    /** A certificate that the control plane signs, and signs anew in time. */
    record Issued() implements SidecarIdentity {}
}
