package io.signalbox.mesh.client.attach;

import io.signalbox.mesh.model.Endpoint;
import io.signalbox.mesh.model.InvalidValueException;
import io.signalbox.mesh.model.Names;
import io.signalbox.mesh.model.Protocol;
import org.jspecify.annotations.Nullable;

/** An endpoint as it is sent to sidecars; see {@link Endpoint}. */
record EndpointJson(
        String instance,
        String version,
        String host,
        int port,
        Protocol protocol,
        @Nullable String spiffeId,
        int weight,
        @Nullable String zone) {

    static EndpointJson of(Endpoint endpoint) {
        return new EndpointJson(
                endpoint.instanceId(),
                endpoint.version(),
                endpoint.host(),
                endpoint.port(),
                endpoint.protocol(),
                endpoint.spiffeId(),
                endpoint.weight(),
                endpoint.zone());
    }

    Endpoint toEndpoint(String service) {
        Names.instance("instance", instance);
        Names.version("version", version);
        InvalidValueException.unless(port >= 1 && port <= 65535, "port", port, "1..65535");
        return new Endpoint(service, instance, version, host, port, protocol, spiffeId, weight, zone);
    }
}
