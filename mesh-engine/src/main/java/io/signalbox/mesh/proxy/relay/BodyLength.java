package io.signalbox.mesh.proxy.relay;

/** What is known of a body's length when its message begins. */
public sealed interface BodyLength {

    None NONE = new None();
    Unknown UNKNOWN = new Unknown();

    /** There is no body. */
    record None() implements BodyLength {}

    /** So many bytes, at least one. */
    record Sized(long bytes) implements BodyLength {}

    /** It ends when it ends. */
    record Unknown() implements BodyLength {}

    static BodyLength of(long bytes) {
        return bytes == 0 ? NONE : new Sized(bytes);
    }
}
