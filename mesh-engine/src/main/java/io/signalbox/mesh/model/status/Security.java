package io.signalbox.mesh.model.status;

/** How calls travelled: all with mutual TLS, all in plain text, or some of each; idle when there were none. */
public enum Security {
    MTLS,
    PLAIN,
    MIXED,
    IDLE
}
