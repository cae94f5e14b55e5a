package io.signalbox.mesh.controlplane;

import java.util.Collection;
import java.util.TreeSet;

/** A sidecar in another process was asked something and did not answer in time, or went. */
public final class SilentSidecarException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    SilentSidecarException(String what, Collection<String> silent) {
        super(what + "; no answer from the " + (silent.size() == 1 ? "sidecar of " : "sidecars of ")
                + String.join(", ", new TreeSet<>(silent)) + " (expected: one within "
                + Answers.PATIENCE.toSeconds() + "s)");
    }
}
