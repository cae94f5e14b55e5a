package io.signalbox.mesh.model.status;

/**
 * What one version got of an edge's traffic in the window.
 *
 * @param share of the edge's requests, 0..1; 0 when there were none
 */
public record VersionTraffic(String version, double share, TrafficStats stats) {}
