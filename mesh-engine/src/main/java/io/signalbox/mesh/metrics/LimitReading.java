package io.signalbox.mesh.metrics;

/**
 * How things stand under a sidecar's concurrency limit of one service.
 *
 * @param limit the one in force
 * @param inFlight places that are held
 * @param waiting requests that wait for one
 * @param refused requests that got none, since the beginning
 */
public record LimitReading(String destination, int limit, int inFlight, int waiting, long refused) {}
