package io.signalbox.mesh.controlplane;

import io.signalbox.mesh.metrics.AccessInterval;
import io.signalbox.mesh.metrics.EdgeInterval;
import java.util.List;

/**
 * What a sidecar saw since its last report, and where its circuits stand.
 *
 * @param access what the policy of its own service made of those who called
 */
public record SidecarReport(List<EdgeInterval> edges, List<CircuitReport> circuits, List<AccessInterval> access) {

    public SidecarReport {
        edges = List.copyOf(edges);
        circuits = List.copyOf(circuits);
        access = List.copyOf(access);
    }

    /** One of a sidecar that nobody calls. */
    public SidecarReport(List<EdgeInterval> edges, List<CircuitReport> circuits) {
        this(edges, circuits, List.of());
    }
}
