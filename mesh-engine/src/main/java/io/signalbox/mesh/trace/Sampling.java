package io.signalbox.mesh.trace;

/** Whether a trace's spans are to be recorded, as far as anyone upstream has decided. */
public enum Sampling {
    /** Nobody has decided yet. */
    UNDECIDED,
    DROP,
    KEEP,
    /** Keep, whatever a sampler would say; known to B3 alone, W3C sees it as kept. */
    DEBUG;

    /** The value of {@code X-B3-Sampled}, or empty where B3 leaves it out. */
    String b3Sampled() {
        return switch (this) {
            case DROP -> "0";
            case KEEP, DEBUG -> "1";
            case UNDECIDED -> "";
        };
    }

    /** The sampling field of a single {@code b3} header, or empty where B3 leaves it out. */
    String b3Single() {
        return this == DEBUG ? "d" : b3Sampled();
    }

    /** The flags field of {@code traceparent}. */
    String traceFlags() {
        return this == KEEP || this == DEBUG ? "01" : "00";
    }
}
