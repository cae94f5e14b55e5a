package io.signalbox.mesh.explain;

/** How an attempt ended. */
public enum AttemptEnd {
    /** An answer's head came. */
    ANSWERED,
    /** An answer's head came, and the rest of the answer did not. */
    BROKE_OFF,
    /** No connection could be made. */
    CONNECT_FAILED,
    /** The connection ended before the answer's head. */
    RESET,
    /** What came was no answer, or from someone else. */
    REFUSED,
    /** The per-try timeout passed. */
    TRY_TIMED_OUT,
    /** Another attempt of the request, which ran beside it, answered first. */
    OVERTAKEN,
    /** The request's timeout passed. */
    TIMED_OUT,
    /** The caller left. */
    CALLER_GONE,
    /** A defect of the mesh ended it. */
    INTERNAL
}
