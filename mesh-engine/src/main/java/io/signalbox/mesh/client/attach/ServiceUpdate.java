package io.signalbox.mesh.client.attach;

import io.signalbox.mesh.client.json.Json;
import io.signalbox.mesh.config.PolicyFormat;
import io.signalbox.mesh.model.Endpoint;
import io.signalbox.mesh.model.InvalidValueException;
import io.signalbox.mesh.model.Names;
import io.signalbox.mesh.model.ServiceConfig;
import io.signalbox.mesh.model.TrafficPolicy;
import io.signalbox.mesh.model.Weight;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All that a sidecar needs to know of one service, as it is sent and kept.
 *
 * @param registered whether any instance of it is registered
 * @param policy the policy in force as a document of the policy format; {@code null} when nobody wrote one
 * @param out instances that were taken out by name: deregistered, draining or unhealthy
 */
public record ServiceUpdate(
        String service,
        boolean registered,
        long policyRevision,
        @Nullable Map<String, Object> policy,
        @Nullable Weight candidateWeight,
        List<EndpointJson> endpoints,
        List<EndpointJson> unhealthy,
        List<String> out) {

    public ServiceUpdate {
        endpoints = List.copyOf(endpoints);
        unhealthy = List.copyOf(unhealthy);
        out = List.copyOf(out);
    }

    /** @param config of the service; a policy of revision 0 is not sent, since it is the default */
    @SuppressWarnings("NullAway") // an absent share is a null component
    public static ServiceUpdate of(ServiceConfig config, Standing standing, List<String> out) {
        return new ServiceUpdate(
                config.service(),
                standing == Standing.REGISTERED,
                config.policyRevision(),
                document(config.policy()),
                config.candidateWeight().orElse(null),
                config.endpoints().stream().map(EndpointJson::of).toList(),
                config.unhealthy().stream().map(EndpointJson::of).toList(),
                out);
    }

    /** Whether a service has any instance, of whatever health. */
    public enum Standing {
        REGISTERED,
        ABSENT
    }

    /**
     * Reads it whole.
     *
     * @throws RuntimeException that says what is wrong
     */
    ServiceConfig config() {
        Names.service("service", service);
        TrafficPolicy read =
                policy == null ? TrafficPolicy.defaults(service) : PolicyFormat.readStored(Json.text(policy));
        InvalidValueException.unless(
                read.service().equals(service), "policy.service", read.service(), service + ", as around it");
        return new ServiceConfig(
                read, Optional.ofNullable(candidateWeight), endpoints(endpoints), endpoints(unhealthy), policyRevision);
    }

    private List<Endpoint> endpoints(List<EndpointJson> all) {
        return all.stream().map(endpoint -> endpoint.toEndpoint(service)).toList();
    }

    private static @Nullable Map<String, Object> document(TrafficPolicy policy) {
        return policy.equals(TrafficPolicy.defaults(policy.service()))
                ? null
                : MeshUpdate.map(PolicyFormat.json(policy));
    }
}
