package io.signalbox.mesh.store;

/** A lease has run out, was given back, or never was. */
public final class UnknownLeaseException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public UnknownLeaseException(long lease) {
        super("lease: " + lease + " (expected: one that has not run out)");
    }
}
