package io.signalbox.mesh.controlplane;

import io.signalbox.mesh.client.TokenInfo;

/** A token that is good once was used by another call meanwhile. */
public final class TokenEndedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient TokenInfo info;

    TokenEndedException(TokenInfo info) {
        super("token: " + info.state() + " (expected: one that is good)");
        this.info = info;
    }

    public TokenInfo info() {
        return info;
    }
}
