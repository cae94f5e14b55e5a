package io.signalbox.shop.service;

import io.signalbox.shop.line.LineNeighbours;
import io.signalbox.shop.rpc.RpcNeighbours;
import io.signalbox.shop.web.Neighbours;

/** The ways in which one instance reaches the others, all of them through its own sidecar. */
public record Ways(Neighbours http, RpcNeighbours rpc, LineNeighbours lines) implements AutoCloseable {

    /** Ends the connections that are this instance's own. */
    @Override
    public void close() {
        rpc.close();
        lines.close();
    }
}
