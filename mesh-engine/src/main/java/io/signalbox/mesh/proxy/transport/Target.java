package io.signalbox.mesh.proxy.transport;

import org.jspecify.annotations.Nullable;

/**
 * Where an attempt goes.
 *
 * @param owner whose connections may be used: connections are never shared between two owners
 * @param security {@code null} means plain
 */
public record Target(
        String owner, String host, int port, @Nullable ChannelSecurity security) {}
