package io.signalbox.mesh.proxy.transport;

/** Takes the connections of a listener for streams. Runs on the transport's threads and must not block. */
@FunctionalInterface
public interface StreamHandler {

    void handle(ServerStream stream);
}
