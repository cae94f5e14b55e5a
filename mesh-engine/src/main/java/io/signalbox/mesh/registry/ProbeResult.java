package io.signalbox.mesh.registry;

/** What one check of an instance found. */
public sealed interface ProbeResult {

    record Passed() implements ProbeResult {}

    /** @param why in words, such as {@code HTTP 503} */
    record Failed(String why) implements ProbeResult {}
}
