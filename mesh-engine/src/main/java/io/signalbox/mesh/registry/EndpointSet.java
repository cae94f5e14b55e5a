package io.signalbox.mesh.registry;

import io.signalbox.mesh.model.Endpoint;
import java.util.List;

/**
 * The endpoints of a service that may serve now: alive, not unhealthy, not draining; ordered by instance id.
 *
 * @param revision grows each time that the registry changes any service's endpoints
 */
public record EndpointSet(String service, long revision, List<Endpoint> endpoints) {

    public EndpointSet {
        endpoints = List.copyOf(endpoints);
    }
}
