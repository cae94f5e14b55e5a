package io.signalbox.mesh.metrics;

import io.signalbox.mesh.model.BreakerState;

/**
 * Where one circuit of a sidecar stands.
 *
 * @param endpoint the instance that the circuit guards
 * @param standing whether outlier detection leaves it out
 */
public record BreakerReading(String destination, String endpoint, BreakerState state, Standing standing) {

    /** Whether an endpoint is called, as far as outlier detection has a say. */
    public enum Standing {
        SERVING,
        EJECTED
    }
}
