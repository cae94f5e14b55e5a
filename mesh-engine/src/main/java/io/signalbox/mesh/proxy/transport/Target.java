package io.signalbox.mesh.proxy.transport;

import org.jspecify.annotations.Nullable;

/**
 * Where an attempt goes.
 *
 * @param owner whose connections may be used: connections are never shared between two owners
 * @param security {@code null} means plain
 */
public record Target(
        String owner, String host, int port, @Nullable ChannelSecurity security, Speech speech) {

    /** What is spoken there. */
    public enum Speech {
        /** HTTP/1.1 alone. */
        HTTP1,
        /** HTTP/2 alone, known beforehand. */
        HTTP2,
        /** The best that both know, found out while TLS begins. */
        NEGOTIATED,
        /** Whatever it is, passed on byte by byte. */
        BYTES
    }

    /** The same place, called in another way. */
    public Target speaking(Speech other) {
        return new Target(owner, host, port, security, other);
    }
}
