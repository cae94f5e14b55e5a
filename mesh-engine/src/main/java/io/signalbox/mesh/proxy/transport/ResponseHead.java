package io.signalbox.mesh.proxy.transport;

/** A final (not 1xx) answer without its body; the headers may be changed before it is delivered. */
public record ResponseHead(HttpVersion version, int status, MessageHeaders headers) {}
