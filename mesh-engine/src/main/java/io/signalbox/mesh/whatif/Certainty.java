package io.signalbox.mesh.whatif;

/** How sure it is that a request would have gone another way. */
public enum Certainty {
    /** The same code decided about the same request, and nothing was left to chance. */
    EXACT,
    /** Something had to be assumed: a lot that nobody drew, or that nothing else had happened differently. */
    ESTIMATE
}
