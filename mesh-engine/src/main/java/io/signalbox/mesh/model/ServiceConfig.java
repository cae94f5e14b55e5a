package io.signalbox.mesh.model;

import java.util.List;
import java.util.Optional;

/**
 * What a sidecar needs to send requests to one service.
 *
 * @param candidateWeight the candidate's share now, when the policy holds a canary
 * @param endpoints those that may serve: healthy and not draining
 */
public record ServiceConfig(TrafficPolicy policy, Optional<Weight> candidateWeight, List<Endpoint> endpoints) {

    public ServiceConfig {
        endpoints = List.copyOf(endpoints);
    }

    /** What holds when the policy has just been put in force: a canary begins with its initial weight. */
    public static ServiceConfig starting(TrafficPolicy policy, List<Endpoint> endpoints) {
        Optional<Weight> candidate = policy.splitting() instanceof Splitting.Canary canary
                ? Optional.of(canary.initialWeight())
                : Optional.empty();
        return new ServiceConfig(policy, candidate, endpoints);
    }

    public String service() {
        return policy.service();
    }
}
