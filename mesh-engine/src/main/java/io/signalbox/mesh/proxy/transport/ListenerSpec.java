package io.signalbox.mesh.proxy.transport;

/**
 * Where to listen, and how connections are secured there.
 *
 * @param name for messages, such as {@code inbound of catalog}
 * @param port 0 takes any free port
 * @param connections so many may be open at once; more wait in the system's queue
 */
public record ListenerSpec(String name, String host, int port, Entry entry, int connections) {

    /** What a connection must begin with. */
    public sealed interface Entry {

        /** Plain text only. */
        record Plain() implements Entry {}

        /** Mutual TLS only. */
        record Secured(ChannelSecurity security) implements Entry {}

        /** Mutual TLS or plain text, told apart by the first bytes. */
        record Either(ChannelSecurity security) implements Entry {}
    }
}
