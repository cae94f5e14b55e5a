package io.signalbox.console.rollouts;

import io.signalbox.mesh.model.Weight;
import io.signalbox.mesh.model.status.MeshSnapshot;
import io.signalbox.mesh.model.status.ServiceKind;
import io.signalbox.mesh.model.status.ServiceStatus;
import io.signalbox.mesh.model.status.SplitStatus;
import io.signalbox.mesh.model.status.VersionShare;
import io.signalbox.mesh.model.status.VersionStatus;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A service that a rollout can be started for.
 *
 * @param all its versions, in order of name
 * @param weights the share that each has been given; empty without a split
 */
record Candidates(String service, List<String> all, Map<String, Weight> weights) {

    Candidates {
        all = List.copyOf(all);
        weights = Map.copyOf(weights);
    }

    /** Of each service of which more than one version runs, in order of name. */
    static List<Candidates> of(MeshSnapshot mesh) {
        return mesh.services().stream()
                .filter(service -> service.kind() == ServiceKind.SERVICE)
                .filter(service -> service.versions().size() > 1)
                .map(service -> of(mesh, service))
                .sorted(Comparator.comparing(Candidates::service))
                .toList();
    }

    private static Candidates of(MeshSnapshot mesh, ServiceStatus service) {
        return new Candidates(
                service.name(),
                service.versions().stream().map(VersionStatus::version).sorted().toList(),
                mesh.splits().stream()
                        .filter(split -> split.service().equals(service.name()))
                        .map(SplitStatus::versions)
                        .flatMap(List::stream)
                        .collect(Collectors.toMap(VersionShare::version, VersionShare::asked, (one, other) -> one)));
    }

    /** Those that do not have all requests, the last by name first. */
    List<String> versions() {
        return all.stream()
                .filter(version -> !Weight.ALL.equals(weights.get(version)))
                .toList()
                .reversed();
    }

    /** The version with the greatest share that is not this one; without shares the first by name. */
    String stableBeside(String candidate) {
        return all.stream()
                .filter(version -> !version.equals(candidate))
                .min(Comparator.comparing(
                        version -> weights.getOrDefault(version, Weight.NONE), Comparator.reverseOrder()))
                .orElse(candidate);
    }
}
