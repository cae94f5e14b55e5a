package io.signalbox.mesh.metrics;

import io.signalbox.mesh.model.BreakerState;

/**
 * Where one circuit of a sidecar stands.
 *
 * @param endpoint the instance that the circuit guards
 */
public record BreakerReading(String destination, String endpoint, BreakerState state) {}
