package io.signalbox.mesh.proxy.transport;

import java.time.Duration;

/**
 * What the transport allows before it gives up.
 *
 * @param connect to establish a TCP connection (default 1 s)
 * @param handshake to complete a TLS handshake with an endpoint (default 5 s: a JVM's first ones are slow)
 * @param stall without a byte on a connection at work, in either direction (default 5 min)
 * @param pooled how long an unused upstream connection is kept (default 20 s, below what peers allow)
 * @param kept how long a caller's unused connection is kept (default 75 s)
 * @param headerBytes the longest request or answer head (default 32 KiB)
 * @param connectionsPerTarget upstream connections of one sidecar to one endpoint (default 1024); as many requests again
 *     may wait for one
 */
public record TransportLimits(
        Duration connect,
        Duration handshake,
        Duration stall,
        Duration pooled,
        Duration kept,
        int headerBytes,
        int connectionsPerTarget) {

    public static final TransportLimits DEFAULT = new TransportLimits(
            Duration.ofSeconds(1),
            Duration.ofSeconds(5),
            Duration.ofMinutes(5),
            Duration.ofSeconds(20),
            Duration.ofSeconds(75),
            32 * 1024,
            1024);

    public TransportLimits withHandshake(Duration limit) {
        return new TransportLimits(connect, limit, stall, pooled, kept, headerBytes, connectionsPerTarget);
    }
}
