package io.signalbox.mesh.model.status;

/** What an A/B experiment says. */
public enum AbOutcome {
    /** No version has won yet. */
    OPEN,
    /** Version A has won. */
    A,
    /** Version B has won. */
    B,
    /** It ended without a winner. */
    NONE
}
