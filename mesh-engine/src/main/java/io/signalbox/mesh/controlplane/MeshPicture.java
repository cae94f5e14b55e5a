package io.signalbox.mesh.controlplane;

import io.signalbox.mesh.model.BreakerState;
import io.signalbox.mesh.model.EdgeId;
import io.signalbox.mesh.model.Protocol;
import io.signalbox.mesh.model.status.BreakerStatus;
import io.signalbox.mesh.model.status.EdgeStatus;
import io.signalbox.mesh.model.status.MeshSnapshot;
import io.signalbox.mesh.model.status.ScenarioStatus;
import io.signalbox.mesh.model.status.Security;
import io.signalbox.mesh.model.status.ServiceKind;
import io.signalbox.mesh.model.status.ServiceStatus;
import io.signalbox.mesh.model.status.SplitStatus;
import io.signalbox.mesh.model.status.TrafficStats;
import io.signalbox.mesh.model.status.VersionTraffic;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Draws a snapshot from what is registered, what was asked for and what was counted. For one thread. */
final class MeshPicture {

    /** Worst first. */
    private static final List<BreakerState> BY_SEVERITY = List.of(
            BreakerState.FORCED_OPEN,
            BreakerState.OPEN,
            BreakerState.HALF_OPEN,
            BreakerState.DISABLED,
            BreakerState.CLOSED);

    /** One sidecar with its circuits as last reported. */
    record Sidecar(String service, String instanceId, ServiceKind kind, List<CircuitReport> circuits) {}

    /**
     * What a snapshot is drawn from.
     *
     * @param windowSeconds the part of the window that the mesh has lived
     */
    record Material(
            String mesh,
            Instant startedAt,
            double windowSeconds,
            Map<String, List<Membership.Member>> members,
            List<Sidecar> sidecars,
            TrafficSums traffic,
            List<SplitStatus> splits,
            @Nullable ScenarioStatus scenario,
            RunStates runStates) {}

    private final Material material;
    private final TrafficSums traffic;
    private final double seconds;
    private final SortedMap<String, ServiceStatus> services = new TreeMap<>();

    private MeshPicture(Material material) {
        this.material = material;
        this.traffic = material.traffic();
        this.seconds = material.windowSeconds();
    }

    static MeshSnapshot draw(Material material, long sequence, long eventSequence, Instant at) {
        return new MeshPicture(material).snapshot(sequence, eventSequence, at);
    }

    private MeshSnapshot snapshot(long sequence, long eventSequence, Instant at) {
        drawServices();
        List<BreakerStatus> breakers = breakers();
        long hops = 0;
        long secured = 0;
        for (Map.Entry<EdgeId, TrafficSums.Edge> edge : traffic.edges().entrySet()) {
            if (!external(edge.getKey().destination())) {
                hops += edge.getValue().hops();
                secured += edge.getValue().secured();
            }
        }
        boolean anyClient = material.sidecars().stream().anyMatch(sidecar -> sidecar.kind() == ServiceKind.CLIENT);
        return new MeshSnapshot(
                sequence,
                eventSequence,
                at,
                material.mesh(),
                material.startedAt(),
                (anyClient ? traffic.fromClients() : traffic.everything()).stats(seconds),
                hops,
                secured,
                List.copyOf(services.values()),
                edges(breakers),
                breakers,
                material.splits(),
                material.scenario());
    }

    private void drawServices() {
        TreeSet<String> names = new TreeSet<>(material.members().keySet());
        Map<String, ServiceKind> kinds = new HashMap<>();
        for (Sidecar sidecar : material.sidecars()) {
            names.add(sidecar.service());
            kinds.put(sidecar.service(), sidecar.kind());
        }
        traffic.edges().forEach((edge, calls) -> {
            if (calls.all().requests() > 0) {
                names.add(edge.source());
                names.add(edge.destination());
            }
        });
        for (String name : names) {
            List<Membership.Member> members = material.members().getOrDefault(name, List.of());
            services.put(name, service(name, kinds.getOrDefault(name, ServiceKind.SERVICE), members));
        }
    }

    private ServiceStatus service(String name, ServiceKind kind, List<Membership.Member> members) {
        if (members.isEmpty() && kind == ServiceKind.CLIENT) {
            TrafficStats stats = traffic.by(name).stats(seconds);
            return new ServiceStatus(name, kind, Protocol.HTTP, HealthRules.ofCaller(stats), stats, List.of());
        }
        TrafficStats stats = traffic.to(name).stats(seconds);
        VersionsPicture versions = new VersionsPicture(name, members, traffic, seconds, material.runStates());
        return new ServiceStatus(
                name,
                members.stream().anyMatch(member -> member.instance().external()) ? ServiceKind.EXTERNAL : kind,
                members.stream()
                        .map(member -> member.instance().protocol())
                        .findFirst()
                        .orElse(Protocol.HTTP),
                versions.health(stats),
                stats,
                versions.statuses());
    }

    private boolean external(String service) {
        return material.members().getOrDefault(service, List.of()).stream()
                .anyMatch(member -> member.instance().external());
    }

    private List<BreakerStatus> breakers() {
        List<BreakerStatus> breakers = new ArrayList<>();
        for (Sidecar sidecar : material.sidecars()) {
            for (CircuitReport circuit : sidecar.circuits()) {
                boolean registered = material.members().getOrDefault(circuit.destination(), List.of()).stream()
                        .anyMatch(member -> member.instance().instanceId().equals(circuit.endpoint()));
                if (registered) {
                    breakers.add(breaker(sidecar, circuit));
                }
            }
        }
        breakers.sort(Comparator.comparing(BreakerStatus::edge)
                .thenComparing(BreakerStatus::sourceInstance)
                .thenComparing(BreakerStatus::endpoint));
        return breakers;
    }

    private BreakerStatus breaker(Sidecar sidecar, CircuitReport circuit) {
        EdgeId edge = new EdgeId(sidecar.service(), circuit.destination());
        TrafficSum calls = traffic.edge(edge).circuit(sidecar.instanceId() + "->" + circuit.endpoint());
        return new BreakerStatus(
                edge,
                sidecar.instanceId(),
                circuit.endpoint(),
                circuit.state(),
                circuit.since(),
                circuit.nextProbe(),
                circuit.failuresInARow(),
                circuit.trialsAdmitted(),
                circuit.trialsSucceeded(),
                circuit.config(),
                calls.minuteAttempts(),
                calls.minuteFailedAttempts(),
                circuit.refused(),
                circuit.note(),
                circuit.ejection());
    }

    private List<EdgeStatus> edges(List<BreakerStatus> breakers) {
        Map<EdgeId, List<BreakerState>> states = new HashMap<>();
        breakers.forEach(breaker ->
                states.computeIfAbsent(breaker.edge(), _ -> new ArrayList<>()).add(breaker.state()));
        List<EdgeStatus> edges = new ArrayList<>();
        traffic.edges().forEach((id, calls) -> {
            if (services.containsKey(id.source()) && services.containsKey(id.destination())) {
                edges.add(edge(id, calls, states.getOrDefault(id, List.of())));
            }
        });
        return edges;
    }

    private EdgeStatus edge(EdgeId id, TrafficSums.Edge calls, List<BreakerState> circuits) {
        TrafficSum all = calls.all();
        List<VersionTraffic> versions = new ArrayList<>();
        calls.versions().forEach((version, sum) -> {
            double share = all.requests() == 0 ? 0 : (double) sum.requests() / all.requests();
            versions.add(new VersionTraffic(version, share, sum.stats(seconds)));
        });
        return new EdgeStatus(
                id,
                calls.protocol(),
                all.requests() == 0 ? Security.IDLE : calls.security(),
                all.stats(seconds),
                versions,
                all.answers(),
                all.inFlight(),
                all.retries(),
                circuits.stream()
                        .min(Comparator.comparingInt(BY_SEVERITY::indexOf))
                        .orElse(BreakerState.CLOSED),
                circuits.size(),
                (int) circuits.stream().filter(BreakerState::refuses).count());
    }
}
