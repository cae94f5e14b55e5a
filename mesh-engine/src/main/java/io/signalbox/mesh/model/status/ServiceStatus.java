package io.signalbox.mesh.model.status;

import io.signalbox.mesh.model.Protocol;
import java.util.List;

/**
 * One node of the graph.
 *
 * @param stats of all calls to it; for a client, of all calls it makes
 * @param versions by name; empty for a client
 */
public record ServiceStatus(
        String name,
        ServiceKind kind,
        Protocol protocol,
        ServiceHealth health,
        TrafficStats stats,
        List<VersionStatus> versions) {

    public ServiceStatus {
        versions = List.copyOf(versions);
    }
}
