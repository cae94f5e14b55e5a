package io.signalbox.mesh.model;

import org.jspecify.annotations.Nullable;

/**
 * An address that a sidecar may send a request to: one instance, healthy and not draining.
 *
 * @param spiffeId the identity that must answer there over mutual TLS; {@code null} means plain
 * @param weight its share beside others, 1..1,000 (default 1), where the strategy weighs
 * @param zone where it runs; {@code null} when it did not say
 */
public record Endpoint(
        String service,
        String instanceId,
        String version,
        String host,
        int port,
        Protocol protocol,
        @Nullable String spiffeId,
        int weight,
        @Nullable String zone) {

    public static final int DEFAULT_WEIGHT = 1;

    public Endpoint {
        LoadBalancing.requireWeight("weight", weight);
    }

    /** One of the default weight, in no zone. */
    public Endpoint(
            String service,
            String instanceId,
            String version,
            String host,
            int port,
            Protocol protocol,
            @Nullable String spiffeId) {
        this(service, instanceId, version, host, port, protocol, spiffeId, DEFAULT_WEIGHT, null);
    }

    public static Endpoint of(ServiceInstance instance) {
        return new Endpoint(
                instance.serviceName(),
                instance.instanceId(),
                instance.version(),
                instance.host(),
                instance.port(),
                instance.protocol(),
                instance.spiffeId().orElse(null),
                instance.weight(),
                instance.zone().orElse(null));
    }

    public boolean secured() {
        return spiffeId != null;
    }
}
