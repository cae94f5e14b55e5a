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
 * @param idle how long a stream of bytes (TCP) may carry none in either direction (default 1 h)
 * @param sniff how long a connection that may be TLS or plain text may say nothing before it counts as plain text
 *     (default 1 s): in many protocols the server speaks first
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
        Duration idle,
        Duration sniff,
        int headerBytes,
        int connectionsPerTarget) {

    public static final TransportLimits DEFAULT = new TransportLimits(
            Duration.ofSeconds(1),
            Duration.ofSeconds(5),
            Duration.ofMinutes(5),
            Duration.ofSeconds(20),
            Duration.ofSeconds(75),
            Duration.ofHours(1),
            Duration.ofSeconds(1),
            32 * 1024,
            1024);

    public TransportLimits withHandshake(Duration limit) {
        return new TransportLimits(connect, limit, stall, pooled, kept, idle, sniff, headerBytes, connectionsPerTarget);
    }

    public TransportLimits withIdle(Duration limit) {
        return new TransportLimits(
                connect, handshake, stall, pooled, kept, limit, sniff, headerBytes, connectionsPerTarget);
    }

    public TransportLimits withSniff(Duration limit) {
        return new TransportLimits(
                connect, handshake, stall, pooled, kept, idle, limit, headerBytes, connectionsPerTarget);
    }
}
