package io.signalbox.mesh.model;

import java.util.List;
import java.util.Optional;

/**
 * What a sidecar needs to send requests to one service.
 *
 * @param candidateWeight the candidate's share now, when the policy holds a canary
 * @param endpoints those that may serve: healthy and not draining
 * @param unhealthy those that would serve if they were healthy; nothing is sent to them, but their zone misses them
 * @param policyRevision of the policy among those of its service, from 1; 0 when nobody wrote one
 */
public record ServiceConfig(
        TrafficPolicy policy,
        Optional<Weight> candidateWeight,
        List<Endpoint> endpoints,
        List<Endpoint> unhealthy,
        long policyRevision) {

    public ServiceConfig {
        endpoints = List.copyOf(endpoints);
        unhealthy = List.copyOf(unhealthy);
    }

    /** One all of whose endpoints are healthy, with a policy of which no revision is known. */
    public ServiceConfig(TrafficPolicy policy, Optional<Weight> candidateWeight, List<Endpoint> endpoints) {
        this(policy, candidateWeight, endpoints, List.of(), 0);
    }

    /** What holds when the policy has just been put in force: a canary begins with its initial weight. */
    public static ServiceConfig starting(TrafficPolicy policy, List<Endpoint> endpoints) {
        Optional<Weight> candidate = policy.splitting() instanceof Splitting.Canary canary
                ? Optional.of(canary.startWeight())
                : Optional.empty();
        return new ServiceConfig(policy, candidate, endpoints);
    }

    public String service() {
        return policy.service();
    }

    /** The share of the candidate of its canary now. */
    public Weight candidateShare(Splitting.Canary canary) {
        return candidateWeight.orElse(canary.startWeight());
    }

    public ServiceConfig withEndpoints(List<Endpoint> now) {
        return new ServiceConfig(policy, candidateWeight, now, unhealthy, policyRevision);
    }

    /** Whether an instance of that name may serve. */
    public boolean has(String instanceId) {
        return endpoints.stream().anyMatch(endpoint -> endpoint.instanceId().equals(instanceId));
    }
}
