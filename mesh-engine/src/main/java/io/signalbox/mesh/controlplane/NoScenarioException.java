package io.signalbox.mesh.controlplane;

/** No demo runs in the mesh, so there is nothing to switch. */
public final class NoScenarioException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NoScenarioException() {
        super("scenario: none (expected: a running demo; it brings faults, load and instances that can be stopped)");
    }
}
