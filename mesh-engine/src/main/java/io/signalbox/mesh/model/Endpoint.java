package io.signalbox.mesh.model;

import org.jspecify.annotations.Nullable;

/**
 * An address that a sidecar may send a request to: one instance, healthy and not draining.
 *
 * @param spiffeId the identity that must answer there over mutual TLS; {@code null} means plain
 */
public record Endpoint(
        String service,
        String instanceId,
        String version,
        String host,
        int port,
        Protocol protocol,
        @Nullable String spiffeId) {

    public static Endpoint of(ServiceInstance instance) {
        return new Endpoint(
                instance.serviceName(),
                instance.instanceId(),
                instance.version(),
                instance.host(),
                instance.port(),
                instance.protocol(),
                instance.spiffeId().orElse(null));
    }

    public boolean secured() {
        return spiffeId != null;
    }
}
