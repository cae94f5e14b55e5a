package io.signalbox.mesh.controlplane;

/** Circuits exist, but none of them has ever opened by itself, so there is nothing to explain. */
public final class NeverOpenedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NeverOpenedException(String circuits, int number) {
        super("autopsy: " + circuits + " has never opened by itself (expected: circuits of which one has; of "
                + (number == 1 ? "this one" : "these " + number) + " none has)");
    }
}
