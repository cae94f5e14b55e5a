package io.signalbox.mesh.registry;

import io.signalbox.mesh.model.Health;
import io.signalbox.mesh.model.Protocol;
import io.signalbox.mesh.model.ServiceInstance;
import java.time.Instant;
import java.util.Map;

/** Instances as they might register. */
final class Instances {

    private Instances() {}

    static ServiceInstance of(String service, String id) {
        return of(service, id, 8081, Health.HEALTHY, Map.of());
    }

    static ServiceInstance of(String service, String id, int port, Health health, Map<String, String> metadata) {
        return new ServiceInstance(
                service, id, "127.0.0.1", port, Protocol.HTTP, metadata, health, Instant.EPOCH, Instant.EPOCH);
    }
}
