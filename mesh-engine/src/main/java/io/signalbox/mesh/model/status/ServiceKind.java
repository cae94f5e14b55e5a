package io.signalbox.mesh.model.status;

/** What a node of the graph is. */
public enum ServiceKind {
    /** Calls into the mesh and is not called: a load source or an ingress. */
    CLIENT,
    /** Runs beside a sidecar. */
    SERVICE,
    /** Registered, but outside the mesh: called in plain text. */
    EXTERNAL
}
