package io.signalbox.console.rollouts;

import io.signalbox.mesh.model.Weight;
import io.signalbox.mesh.model.status.MeshSnapshot;
import io.signalbox.mesh.model.status.ServiceKind;
import io.signalbox.mesh.model.status.ServiceStatus;
import io.signalbox.mesh.model.status.VersionStatus;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A service that a rollout can be started for.
 *
 * @param versions those that do not have all requests, the last by name first
 */
record Candidates(String service, List<String> versions) {

    Candidates {
        versions = List.copyOf(versions);
    }

    /** Of each service of which more than one version runs, in order of name. */
    static List<Candidates> of(MeshSnapshot mesh) {
        return mesh.services().stream()
                .filter(service -> service.kind() == ServiceKind.SERVICE)
                .filter(service -> service.versions().size() > 1)
                .map(service -> of(mesh, service))
                .sorted((one, other) -> one.service().compareTo(other.service()))
                .toList();
    }

    private static Candidates of(MeshSnapshot mesh, ServiceStatus service) {
        Set<String> whole = new HashSet<>();
        mesh.splits().stream()
                .filter(split -> split.service().equals(service.name()))
                .flatMap(split -> split.versions().stream())
                .filter(share -> share.asked().equals(Weight.ALL))
                .forEach(share -> whole.add(share.version()));
        return new Candidates(
                service.name(),
                service.versions().stream()
                        .map(VersionStatus::version)
                        .filter(version -> !whole.contains(version))
                        .toList()
                        .reversed());
    }
}
