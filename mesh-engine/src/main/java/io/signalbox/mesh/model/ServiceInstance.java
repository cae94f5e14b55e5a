package io.signalbox.mesh.model;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * One running copy of a service, as it registered itself.
 *
 * <p>{@code port} is where the mesh reaches it: the inbound port of its sidecar when {@link #spiffeId()} is present
 * (mutual TLS), the application's own port otherwise (plain). Metadata keys that the mesh reads: {@code version}
 * (default {@value #DEFAULT_VERSION}), {@code spiffe_id}, {@code kind} ({@code external} for what lies outside the
 * mesh), {@code health_url}, {@code health_path}, {@code zone}.
 */
public record ServiceInstance(
        String serviceName,
        String instanceId,
        String host,
        int port,
        Protocol protocol,
        Map<String, String> metadata,
        Health health,
        Instant registeredAt,
        Instant lastHeartbeat) {

    public static final String DEFAULT_VERSION = "v1";

    public ServiceInstance {
        Names.service("service_name", serviceName);
        Names.instance("instance_id", instanceId);
        InvalidValueException.unless(!host.isBlank() && host.length() <= 253, "host", host, "a host name or address");
        InvalidValueException.unless(port >= 1 && port <= 65535, "port", port, "1..65535");
        metadata = Map.copyOf(metadata);
        Names.version("metadata.version", metadata.getOrDefault("version", DEFAULT_VERSION));
    }

    public String version() {
        return metadata.getOrDefault("version", DEFAULT_VERSION);
    }

    public Optional<String> spiffeId() {
        return Optional.ofNullable(metadata.get("spiffe_id"));
    }

    public boolean external() {
        return "external".equals(metadata.get("kind"));
    }

    public ServiceInstance withHealth(Health newHealth) {
        return new ServiceInstance(
                serviceName, instanceId, host, port, protocol, metadata, newHealth, registeredAt, lastHeartbeat);
    }

    public ServiceInstance withHeartbeat(Instant at) {
        return new ServiceInstance(serviceName, instanceId, host, port, protocol, metadata, health, registeredAt, at);
    }
}
