package io.signalbox.mesh.controlplane;

import io.signalbox.mesh.metrics.AccessInterval;
import io.signalbox.mesh.metrics.CopyInterval;
import io.signalbox.mesh.metrics.EdgeInterval;
import java.util.List;

/**
 * What a sidecar saw since its last report, and where its circuits stand.
 *
 * @param access what the policy of its own service made of those who called
 * @param copies what became of requests that it copied to another version
 */
public record SidecarReport(
        List<EdgeInterval> edges,
        List<CircuitReport> circuits,
        List<AccessInterval> access,
        List<CopyInterval> copies) {

    public SidecarReport {
        edges = List.copyOf(edges);
        circuits = List.copyOf(circuits);
        access = List.copyOf(access);
        copies = List.copyOf(copies);
    }

    /** One of a sidecar that copies nothing. */
    public SidecarReport(List<EdgeInterval> edges, List<CircuitReport> circuits, List<AccessInterval> access) {
        this(edges, circuits, access, List.of());
    }

    /** One of a sidecar that nobody calls. */
    public SidecarReport(List<EdgeInterval> edges, List<CircuitReport> circuits) {
        this(edges, circuits, List.of());
    }
}
