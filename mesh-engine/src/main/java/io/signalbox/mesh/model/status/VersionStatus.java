package io.signalbox.mesh.model.status;

import java.util.List;

/** The instances of one version of a service. */
public record VersionStatus(String version, ServiceHealth health, TrafficStats stats, List<InstanceStatus> instances) {

    public VersionStatus {
        instances = List.copyOf(instances);
    }
}
