package io.signalbox.mesh.controlplane;

import io.signalbox.mesh.metrics.EdgeInterval;
import java.util.List;

/** What a sidecar saw since its last report, and where its circuits stand. */
public record SidecarReport(List<EdgeInterval> edges, List<CircuitReport> circuits) {

    public SidecarReport {
        edges = List.copyOf(edges);
        circuits = List.copyOf(circuits);
    }
}
