package io.signalbox.mesh.proxy.outbound;

import io.signalbox.mesh.model.CircuitBreakerConfig;
import io.signalbox.mesh.model.Endpoint;
import io.signalbox.mesh.resilience.BreakerView;

/**
 * One circuit of a sidecar, as of now.
 *
 * @param config what it is configured with
 * @param recentCalls calls that ended within the last minute
 * @param recentFailures those of them that count as failures
 */
public record CircuitView(
        Endpoint endpoint,
        CircuitBreakerConfig config,
        BreakerView breaker,
        int inFlight,
        long recentCalls,
        long recentFailures) {}
