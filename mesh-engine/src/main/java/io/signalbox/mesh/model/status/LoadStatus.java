package io.signalbox.mesh.model.status;

/**
 * The load that the scenario makes.
 *
 * @param targetPerSecond asked for
 * @param maxPerSecond the highest that can be asked for
 * @param sent since the start
 * @param completed answered since the start
 * @param failed of those, how many failed
 * @param late requests that could not be sent on time because too many were in flight
 */
public record LoadStatus(
        double targetPerSecond, double maxPerSecond, long sent, long completed, long failed, long late, int clients) {}
