package io.signalbox.mesh.proxy.transport;

import java.io.IOException;

/** A port that could not be bound; the message names the listener, the address and the reason. */
public final class PortUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String listener;
    private final int port;

    public PortUnavailableException(ListenerSpec spec, IOException cause) {
        super(
                spec.name() + ": " + spec.host() + ":" + spec.port() + " (expected: a free port; " + cause.getMessage()
                        + ")",
                cause);
        this.listener = spec.name();
        this.port = spec.port();
    }

    public String listener() {
        return listener;
    }

    public int port() {
        return port;
    }
}
