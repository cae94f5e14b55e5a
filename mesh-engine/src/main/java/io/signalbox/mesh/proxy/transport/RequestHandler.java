package io.signalbox.mesh.proxy.transport;

/** Takes the requests of a listener. Runs on the transport's threads and must not block. */
@FunctionalInterface
public interface RequestHandler {

    void handle(ServerExchange exchange);
}
