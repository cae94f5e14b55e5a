package io.signalbox.console.control;

import io.signalbox.mesh.client.MeshException;

/** How a command ended. */
public sealed interface Outcome {

    record Done() implements Outcome {}

    /**
     * @param kind what sort of refusal it was
     * @param message for a person: what, value, expectation
     */
    record Failed(MeshException.Kind kind, String message) implements Outcome {}
}
