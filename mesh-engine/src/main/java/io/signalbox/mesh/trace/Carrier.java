package io.signalbox.mesh.trace;

/** How a trace context reached us. */
public enum Carrier {
    /** It did not: the trace begins here. */
    NOTHING,
    /** In {@code traceparent} or the {@code X-B3-*} fields, both of which are written onwards in any case. */
    SEPARATE_FIELDS,
    /** With a single {@code b3} field, which is then written onwards as well. */
    B3_SINGLE
}
