package io.signalbox.mesh.proxy.outbound;

import io.signalbox.mesh.metrics.BreakerReading;
import io.signalbox.mesh.model.CircuitBreakerConfig;
import io.signalbox.mesh.model.Endpoint;
import io.signalbox.mesh.resilience.BreakerView;
import io.signalbox.mesh.resilience.Ejection;
import java.util.Optional;

/**
 * One circuit of a sidecar, as of now.
 *
 * <p>Where one circuit stands for the whole service, it is shown once for each endpoint.
 *
 * @param config what it is configured with
 * @param recentCalls calls that ended within the last minute
 * @param recentFailures those of them that count as failures
 * @param ejection why the endpoint is left out now, whatever its circuit says; empty when it is not
 */
public record CircuitView(
        Endpoint endpoint,
        CircuitBreakerConfig config,
        BreakerView breaker,
        int inFlight,
        long recentCalls,
        long recentFailures,
        Optional<Ejection> ejection) {

    /** What metrics say of it. */
    public BreakerReading reading() {
        return new BreakerReading(
                endpoint.service(),
                endpoint.instanceId(),
                breaker.state(),
                ejection.isPresent() ? BreakerReading.Standing.EJECTED : BreakerReading.Standing.SERVING);
    }
}
