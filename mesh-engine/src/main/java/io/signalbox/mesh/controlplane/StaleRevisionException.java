package io.signalbox.mesh.controlplane;

/** A policy was changed by someone else since it was read. */
public final class StaleRevisionException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient PolicyRevision current;

    StaleRevisionException(long given, PolicyRevision current) {
        super("revision: " + given + " (expected: " + current.revision() + ", the one in force for " + current.service()
                + ")");
        this.current = current;
    }

    /** What is in force. */
    public PolicyRevision current() {
        return current;
    }
}
