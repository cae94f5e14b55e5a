package io.signalbox.mesh.model.status;

/** Quantiles of a set of latencies, in nanoseconds. */
public record Latency(long p50Nanos, long p90Nanos, long p99Nanos, long maxNanos) {}
