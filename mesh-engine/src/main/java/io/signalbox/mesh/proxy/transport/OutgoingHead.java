package io.signalbox.mesh.proxy.transport;

/**
 * The head of a request to send.
 *
 * @param target path and query, sent byte for byte
 */
public record OutgoingHead(String method, String target, MessageHeaders headers) {}
