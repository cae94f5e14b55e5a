package io.signalbox.mesh.metrics;

/** How one call travelled. */
public enum Channel {
    MTLS,
    PLAIN
}
