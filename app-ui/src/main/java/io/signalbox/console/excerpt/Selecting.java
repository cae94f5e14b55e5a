package io.signalbox.console.excerpt;

import io.signalbox.mesh.model.BreakerState;
import io.signalbox.mesh.model.status.BreakerStatus;
import io.signalbox.mesh.model.status.EdgeStatus;
import io.signalbox.mesh.model.status.InstanceStatus;
import io.signalbox.mesh.model.status.MeshSnapshot;
import io.signalbox.mesh.model.status.ScenarioStatus;
import io.signalbox.mesh.model.status.ServiceHealth;
import io.signalbox.mesh.model.status.ServiceStatus;
import io.signalbox.mesh.model.status.SplitStatus;
import io.signalbox.mesh.model.status.VersionStatus;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Chooses what is shown of a mesh that is larger than the bounds: services with a split, which may be a rollout's, and
 * those in trouble, then those that are shown already, then the busiest; with a filter those whose names hold it, and who calls or is called by them. For one thread at
 * a time, and not for the FX thread.
 */
final class Selecting {

    private static final double FAILING = 0.05;

    private final Bounds bounds;
    private Set<String> before = Set.of();

    Selecting(Bounds bounds) {
        this.bounds = bounds;
    }

    /** @param filter part of names, whatever its case; empty for everything */
    Excerpt of(MeshSnapshot mesh, String filter) {
        String wanted = filter.strip().toLowerCase(Locale.ROOT);
        if (wanted.isEmpty() && isSmall(mesh)) {
            before = Set.of();
            return new Excerpt(mesh, extent(mesh, mesh, mesh.services().size(), wanted));
        }
        Set<String> near = near(mesh, wanted);
        List<ServiceStatus> services = services(mesh, near, wanted);
        Set<String> names = new HashSet<>();
        services.forEach(service -> names.add(service.name()));
        before = names;
        MeshSnapshot shown = new MeshSnapshot(
                mesh.sequence(),
                mesh.eventSequence(),
                mesh.at(),
                mesh.mesh(),
                mesh.startedAt(),
                mesh.totals(),
                mesh.meshHops(),
                mesh.securedHops(),
                withinInstances(services),
                edges(mesh, names),
                circuits(mesh, names),
                splits(mesh, services),
                scenario(mesh));
        return new Excerpt(shown, extent(mesh, shown, matching(mesh, wanted), wanted));
    }

    private boolean isSmall(MeshSnapshot mesh) {
        return mesh.services().size() <= bounds.services()
                && mesh.edges().size() <= bounds.edges()
                && mesh.breakers().size() <= bounds.circuits()
                && mesh.splits().size() <= bounds.splits()
                && instances(mesh) <= bounds.instances()
                && versions(mesh) <= bounds.instances()
                && mesh.services().stream().allMatch(service -> fits(service.versions()))
                && mesh.edges().stream().allMatch(edge -> fits(edge.versions()) && fits(edge.answers()))
                && mesh.splits().stream().allMatch(split -> fits(split.versions()) && fits(split.differences()))
                && (mesh.scenario() == null || fits(mesh.scenario().faults()));
    }

    private boolean fits(List<?> within) {
        return within.size() <= bounds.within();
    }

    private static boolean matches(String service, String wanted) {
        return wanted.isEmpty() || service.toLowerCase(Locale.ROOT).contains(wanted);
    }

    private static int matching(MeshSnapshot mesh, String wanted) {
        int count = 0;
        for (ServiceStatus service : mesh.services()) {
            count += matches(service.name(), wanted) ? 1 : 0;
        }
        return count;
    }

    /** Who calls, or is called by, a service that matches. */
    private static Set<String> near(MeshSnapshot mesh, String wanted) {
        Set<String> near = new HashSet<>();
        if (wanted.isEmpty()) {
            return near;
        }
        for (EdgeStatus edge : mesh.edges()) {
            if (matches(edge.id().source(), wanted)) {
                near.add(edge.id().destination());
            }
            if (matches(edge.id().destination(), wanted)) {
                near.add(edge.id().source());
            }
        }
        return near;
    }

    private List<ServiceStatus> services(MeshSnapshot mesh, Set<String> near, String wanted) {
        Set<String> split = new HashSet<>();
        mesh.splits().forEach(one -> split.add(one.service()));
        Queue<Candidate> first = new PriorityQueue<>(Candidate.KEPT.reversed());
        for (ServiceStatus service : mesh.services()) {
            boolean matches = matches(service.name(), wanted);
            if (!matches && !near.contains(service.name())) {
                continue;
            }
            Candidate candidate = new Candidate(
                    service,
                    !matches,
                    !split.contains(service.name()),
                    !isInTrouble(service),
                    !before.contains(service.name()),
                    -service.stats().requestsPerSecond());
            if (first.size() < bounds.services()) {
                first.add(candidate);
            } else if (Candidate.KEPT.compare(candidate, first.element()) < 0) {
                first.remove();
                first.add(candidate);
            }
        }
        return first.stream().sorted(Candidate.SHOWN).map(Candidate::service).toList();
    }

    private List<SplitStatus> splits(MeshSnapshot mesh, List<ServiceStatus> services) {
        Map<String, Integer> places = new HashMap<>();
        services.forEach(service -> places.putIfAbsent(service.name(), places.size()));
        return mesh.splits().stream()
                .filter(split -> places.containsKey(split.service()))
                .sorted(Comparator.comparing(split -> places.get(split.service())))
                .limit(bounds.splits())
                .map(split -> new SplitStatus(
                        split.service(),
                        split.kind(),
                        first(split.versions()),
                        split.counted(),
                        split.since(),
                        split.revision(),
                        first(split.differences())))
                .toList();
    }

    private <T> List<T> first(List<T> within) {
        return fits(within) ? within : within.subList(0, bounds.within());
    }

    private static boolean isInTrouble(ServiceStatus service) {
        return service.health() == ServiceHealth.FAILING || service.health() == ServiceHealth.DEGRADED;
    }

    /** The services with as many of their instances as there is room for, those of the first services first. */
    private List<ServiceStatus> withinInstances(List<ServiceStatus> services) {
        int room = bounds.instances();
        int roomForVersions = bounds.instances();
        List<ServiceStatus> all = new ArrayList<>();
        for (ServiceStatus service : services) {
            List<VersionStatus> fitting =
                    first(service.versions()).stream().limit(roomForVersions).toList();
            roomForVersions -= fitting.size();
            if (instances(service) <= room
                    && fitting.size() == service.versions().size()) {
                all.add(service);
                room -= instances(service);
                continue;
            }
            List<VersionStatus> versions = new ArrayList<>();
            for (VersionStatus version : fitting) {
                List<InstanceStatus> kept =
                        version.instances().stream().limit(room).toList();
                room -= kept.size();
                versions.add(new VersionStatus(version.version(), version.health(), version.stats(), kept));
            }
            all.add(new ServiceStatus(
                    service.name(), service.kind(), service.protocol(), service.health(), service.stats(), versions));
        }
        return all;
    }

    private List<EdgeStatus> edges(MeshSnapshot mesh, Set<String> names) {
        return mesh.edges().stream()
                .filter(edge -> names.contains(edge.id().source())
                        && names.contains(edge.id().destination()))
                .sorted(Comparator.comparing((EdgeStatus edge) -> !isInTrouble(edge))
                        .thenComparing(EdgeStatus::id))
                .limit(bounds.edges())
                .map(edge -> fits(edge.versions()) && fits(edge.answers()) ? edge : cut(edge))
                .toList();
    }

    private EdgeStatus cut(EdgeStatus edge) {
        return new EdgeStatus(
                edge.id(),
                edge.protocol(),
                edge.security(),
                edge.stats(),
                first(edge.versions()),
                first(edge.answers()),
                edge.inFlight(),
                edge.retries(),
                edge.breaker(),
                edge.circuits(),
                edge.openCircuits());
    }

    private static boolean isInTrouble(EdgeStatus edge) {
        return isInTrouble(edge.breaker()) || 1 - edge.stats().successShare().orElse(1) >= FAILING;
    }

    private static boolean isInTrouble(BreakerState state) {
        return state != BreakerState.CLOSED && state != BreakerState.DISABLED;
    }

    private List<BreakerStatus> circuits(MeshSnapshot mesh, Set<String> names) {
        return mesh.breakers().stream()
                .filter(circuit -> names.contains(circuit.edge().source())
                        && names.contains(circuit.edge().destination()))
                .sorted(Comparator.comparing(circuit -> !isInTrouble(circuit.state()) && circuit.ejection() == null))
                .limit(bounds.circuits())
                .toList();
    }

    private @Nullable ScenarioStatus scenario(MeshSnapshot mesh) {
        ScenarioStatus scenario = mesh.scenario();
        return scenario == null
                ? null
                : new ScenarioStatus(scenario.name(), scenario.seed(), first(scenario.faults()), scenario.load());
    }

    private static Extent extent(MeshSnapshot mesh, MeshSnapshot shown, int matching, String wanted) {
        return new Extent(
                shown.services().size(),
                mesh.services().size(),
                instances(shown),
                instances(mesh),
                shown.breakers().size(),
                mesh.breakers().size(),
                shown.edges().size(),
                mesh.edges().size(),
                shown.splits().size(),
                mesh.splits().size(),
                matching,
                wanted);
    }

    private static int versions(MeshSnapshot mesh) {
        int count = 0;
        for (ServiceStatus service : mesh.services()) {
            count += service.versions().size();
        }
        return count;
    }

    private static int instances(MeshSnapshot mesh) {
        int count = 0;
        for (ServiceStatus service : mesh.services()) {
            count += instances(service);
        }
        return count;
    }

    private static int instances(ServiceStatus service) {
        int count = 0;
        for (VersionStatus version : service.versions()) {
            count += version.instances().size();
        }
        return count;
    }
}
