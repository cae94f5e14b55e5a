package io.signalbox.shop.web;

import java.util.function.Supplier;
import org.eclipse.jetty.websocket.core.FrameHandler;

/**
 * A path at which an application takes WebSocket connections.
 *
 * @param handlers makes what handles one connection
 */
public record WebSocketPath(String path, Supplier<FrameHandler> handlers) {}
