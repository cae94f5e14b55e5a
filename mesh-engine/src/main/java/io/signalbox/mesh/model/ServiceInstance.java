package io.signalbox.mesh.model;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One running copy of a service, as it registered itself.
 *
 * <p>{@code port} is where the mesh reaches it: the inbound port of its sidecar when {@link #spiffeId()} is present
 * (mutual TLS), the application's own port otherwise (plain). Metadata keys that the mesh reads: {@code version}
 * (default {@value #DEFAULT_VERSION}), {@code spiffe_id}, {@code kind} ({@code external} for what lies outside the
 * mesh), {@code health_url}, {@code health_path}, {@code zone},
 * {@code weight} (1..1,000, default 1).
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

    private static final Pattern WEIGHT = Pattern.compile("[1-9][0-9]{0,3}");

    public ServiceInstance {
        Names.service("service_name", serviceName);
        Names.instance("instance_id", instanceId);
        InvalidValueException.unless(!host.isBlank() && host.length() <= 253, "host", host, "a host name or address");
        InvalidValueException.unless(port >= 1 && port <= 65535, "port", port, "1..65535");
        metadata = Map.copyOf(metadata);
        Names.version("metadata.version", metadata.getOrDefault("version", DEFAULT_VERSION));
        requireWeight(metadata.get("weight"));
    }

    public String version() {
        return metadata.getOrDefault("version", DEFAULT_VERSION);
    }

    public Optional<String> spiffeId() {
        return Optional.ofNullable(metadata.get("spiffe_id"));
    }

    public Optional<String> zone() {
        return Optional.ofNullable(metadata.get("zone")).filter(zone -> !zone.isBlank());
    }

    /** What it asks for beside other instances, where the strategy weighs. */
    public int weight() {
        String given = metadata.get("weight");
        return given == null ? Endpoint.DEFAULT_WEIGHT : Integer.parseInt(given);
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

    private static void requireWeight(@Nullable String given) {
        boolean fits = given == null
                || (WEIGHT.matcher(given).matches() && Integer.parseInt(given) <= LoadBalancing.MOST_WEIGHT);
        InvalidValueException.unless(fits, "metadata.weight", given, "1.." + LoadBalancing.MOST_WEIGHT);
    }
}
