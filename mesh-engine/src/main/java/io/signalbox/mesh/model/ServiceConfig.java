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

    public String service() {
        return policy.service();
    }
}
