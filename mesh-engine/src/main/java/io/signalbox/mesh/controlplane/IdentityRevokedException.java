package io.signalbox.mesh.controlplane;

/** A certificate was asked for a service that gets none any more. */
public final class IdentityRevokedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    IdentityRevokedException(String service) {
        super("identity: " + service + " (expected: one that is not revoked; signalbox identity restore " + service
                + " gives it back)");
    }
}
