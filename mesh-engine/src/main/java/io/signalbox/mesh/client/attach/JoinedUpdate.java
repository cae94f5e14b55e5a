package io.signalbox.mesh.client.attach;

import io.signalbox.mesh.model.Endpoint;
import java.util.List;

/**
 * Endpoints that came to a service of which nothing else changed; one of an instance that the service has already takes its
 * place.
 */
public record JoinedUpdate(String service, List<EndpointJson> endpoints) {

    public JoinedUpdate {
        endpoints = List.copyOf(endpoints);
    }

    /** @param endpoints that came, all of that service */
    public static JoinedUpdate of(String service, List<Endpoint> endpoints) {
        return new JoinedUpdate(
                service, endpoints.stream().map(EndpointJson::of).toList());
    }
}
