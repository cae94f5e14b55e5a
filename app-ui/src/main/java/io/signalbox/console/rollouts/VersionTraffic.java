package io.signalbox.console.rollouts;

import io.signalbox.mesh.model.status.MeshSnapshot;
import io.signalbox.mesh.model.status.RolloutStatus;
import io.signalbox.mesh.model.status.ServiceStatus;
import io.signalbox.mesh.model.status.SplitStatus;
import io.signalbox.mesh.model.status.TrafficStats;
import io.signalbox.mesh.model.status.VersionStatus;
import java.util.Optional;

/**
 * What both versions of a rollout got and gave in the last seconds.
 *
 * @param seen whether anything is shown of the service
 * @param split how the service's traffic is divided; empty when it is not
 */
record VersionTraffic(boolean seen, TrafficStats stable, TrafficStats candidate, Optional<SplitStatus> split) {

    static final VersionTraffic NONE =
            new VersionTraffic(false, TrafficStats.NONE, TrafficStats.NONE, Optional.empty());

    static VersionTraffic of(MeshSnapshot mesh, RolloutStatus rollout) {
        return new VersionTraffic(
                mesh.services().stream().anyMatch(status -> status.name().equals(rollout.service())),
                stats(mesh, rollout.service(), rollout.stable()),
                stats(mesh, rollout.service(), rollout.candidate()),
                mesh.splits().stream()
                        .filter(split -> split.service().equals(rollout.service()))
                        .findFirst());
    }

    private static TrafficStats stats(MeshSnapshot mesh, String service, String version) {
        return mesh.services().stream()
                .filter(status -> status.name().equals(service))
                .map(ServiceStatus::versions)
                .flatMap(versions -> versions.stream())
                .filter(status -> status.version().equals(version))
                .map(VersionStatus::stats)
                .findFirst()
                .orElse(TrafficStats.NONE);
    }
}
