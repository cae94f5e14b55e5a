package io.signalbox.mesh.canary.rollout;

/** A rollout is asked for what cannot be done where it stands. */
public final class WrongPhaseException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * @param is where it stands, such as {@code promoted}
     * @param expected what one does that could be asked, such as {@code is paused}
     */
    public WrongPhaseException(String is, String expected) {
        super("rollout: " + is + " (expected: one that " + expected + ")");
    }
}
