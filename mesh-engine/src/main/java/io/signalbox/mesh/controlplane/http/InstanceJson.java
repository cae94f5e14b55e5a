package io.signalbox.mesh.controlplane.http;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.signalbox.mesh.model.Health;
import io.signalbox.mesh.model.InvalidValueException;
import io.signalbox.mesh.model.Protocol;
import io.signalbox.mesh.model.ServiceInstance;
import io.signalbox.mesh.registry.ServiceRegistry;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A registered instance in the reference's own JSON.
 *
 * <p>What may be left out, null or empty: the id (generated from service, host and port), protocol ({@code http}),
 * metadata, health ({@code unknown}), and the times, which the control plane sets itself.
 */
record InstanceJson(
        @JsonProperty("service_name") @Nullable String serviceName,
        @JsonProperty("instance_id") @Nullable String instanceId,
        @JsonProperty("host") @Nullable String host,
        @JsonProperty("port") int port,
        @JsonProperty("protocol") @Nullable String protocol,
        @JsonProperty("metadata") @Nullable Map<String, @Nullable String> metadata,
        @JsonProperty("health") @Nullable String health,
        @JsonProperty("registered_at") @Nullable String registeredAt,
        @JsonProperty("last_heartbeat") @Nullable String lastHeartbeat) {

    static InstanceJson of(ServiceInstance instance) {
        return new InstanceJson(
                instance.serviceName(),
                instance.instanceId(),
                instance.host(),
                instance.port(),
                instance.protocol().wireName(),
                new TreeMap<>(instance.metadata()),
                instance.health().wireName(),
                instance.registeredAt().toString(),
                instance.lastHeartbeat().toString());
    }

    ServiceInstance toInstance() {
        String service = required("service_name", serviceName);
        String address = required("host", host);
        InvalidValueException.unless(port >= 1 && port <= 65535, "port", port, "1..65535");
        return new ServiceInstance(
                service,
                empty(instanceId) ? ServiceRegistry.generatedId(service, address, port) : String.valueOf(instanceId),
                address,
                port,
                empty(protocol) ? Protocol.HTTP : Protocol.parse(String.valueOf(protocol)),
                known(metadata),
                empty(health) ? Health.UNKNOWN : Health.parse(String.valueOf(health)),
                Instant.EPOCH,
                Instant.EPOCH);
    }

    private static String required(String field, @Nullable String text) {
        InvalidValueException.unless(!empty(text), field, text == null ? "nothing" : "\"\"", "a name");
        return String.valueOf(text);
    }

    private static boolean empty(@Nullable String text) {
        return text == null || text.isEmpty();
    }

    private static Map<String, String> known(@Nullable Map<String, @Nullable String> metadata) {
        Map<String, String> known = new HashMap<>();
        if (metadata != null) {
            metadata.forEach((key, value) -> {
                if (value != null) {
                    known.put(key, value);
                }
            });
        }
        return known;
    }
}
