package io.signalbox.mesh.tls;

/** Where a client connects to. */
public record HostPort(String host, int port) {}
