package io.signalbox.console.topology.graph;

import io.signalbox.mesh.model.BreakerState;
import io.signalbox.mesh.model.Weight;
import io.signalbox.mesh.model.status.BreakerStatus;
import io.signalbox.mesh.model.status.EdgeStatus;
import io.signalbox.mesh.model.status.MeshSnapshot;
import io.signalbox.mesh.model.status.ServiceStatus;
import io.signalbox.mesh.model.status.SplitStatus;
import io.signalbox.mesh.model.status.TrafficStats;
import io.signalbox.mesh.model.status.VersionShare;
import java.util.Arrays;
import java.util.List;

/** Pictures that differ from another in one thing. */
public final class Variants {

    private Variants() {}

    /** Without a service and its edges. */
    public static MeshSnapshot without(MeshSnapshot base, String service) {
        return with(
                base,
                base.services().stream()
                        .filter(one -> !one.name().equals(service))
                        .toList(),
                base.edges().stream()
                        .filter(edge -> !edge.id().source().equals(service)
                                && !edge.id().destination().equals(service))
                        .toList(),
                base.breakers().stream()
                        .filter(circuit -> !circuit.edge().source().equals(service)
                                && !circuit.edge().destination().equals(service))
                        .toList(),
                base.splits());
    }

    public static MeshSnapshot withoutEdge(MeshSnapshot base, String id) {
        return with(
                base,
                base.services(),
                base.edges().stream()
                        .filter(edge -> !edge.id().toString().equals(id))
                        .toList(),
                base.breakers(),
                base.splits());
    }

    /** With all circuits of an edge in a state, and its breaker open if that refuses. */
    public static MeshSnapshot withBreaker(MeshSnapshot base, String id, BreakerState state) {
        return with(
                base,
                base.services(),
                base.edges().stream()
                        .map(edge -> edge.id().toString().equals(id)
                                ? edge(edge, edge.stats(), state, state.refuses() ? edge.circuits() : 0)
                                : edge)
                        .toList(),
                base.breakers(),
                base.splits());
    }

    public static MeshSnapshot withStats(MeshSnapshot base, String id, TrafficStats stats) {
        return with(
                base,
                base.services(),
                base.edges().stream()
                        .map(edge -> edge.id().toString().equals(id)
                                ? edge(edge, stats, edge.breaker(), edge.openCircuits())
                                : edge)
                        .toList(),
                base.breakers(),
                base.splits());
    }

    /** With the traffic to a service split evenly among versions, the last of which is the candidate. */
    public static MeshSnapshot withSplit(MeshSnapshot base, String service, String... versions) {
        List<VersionShare> shares = Arrays.stream(versions)
                .map(version -> new VersionShare(
                        version,
                        version.equals(versions[versions.length - 1])
                                ? VersionShare.Role.CANDIDATE
                                : VersionShare.Role.STABLE,
                        new Weight(100 / versions.length),
                        100,
                        1.0 / versions.length,
                        0.1,
                        0.9))
                .toList();
        return with(
                base,
                base.services(),
                base.edges(),
                base.breakers(),
                List.of(new SplitStatus(service, SplitStatus.Kind.WEIGHTED, shares, 100, base.at(), 1)));
    }

    private static EdgeStatus edge(EdgeStatus edge, TrafficStats stats, BreakerState state, int open) {
        return new EdgeStatus(
                edge.id(),
                edge.protocol(),
                edge.security(),
                stats,
                edge.versions(),
                edge.answers(),
                edge.inFlight(),
                edge.retries(),
                state,
                edge.circuits(),
                open);
    }

    private static MeshSnapshot with(
            MeshSnapshot base,
            List<ServiceStatus> services,
            List<EdgeStatus> edges,
            List<BreakerStatus> breakers,
            List<SplitStatus> splits) {
        return new MeshSnapshot(
                base.sequence() + 1,
                base.eventSequence(),
                base.at(),
                base.mesh(),
                base.startedAt(),
                base.totals(),
                base.meshHops(),
                base.securedHops(),
                services,
                edges,
                breakers,
                splits,
                base.scenario());
    }
}
