package io.signalbox.shop.demo;

import io.signalbox.mesh.model.status.EdgeStatus;
import io.signalbox.mesh.model.status.MeshSnapshot;
import io.signalbox.mesh.model.status.ServiceKind;
import io.signalbox.mesh.model.status.ServiceStatus;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The hops inside the mesh over a whole run, added up from snapshots that are taken more often than their window.
 *
 * <p>Not for many threads.
 */
final class HopCount {

    private long hops;
    private long windowed;
    private long secured;

    /** Takes in one more snapshot. */
    void add(MeshSnapshot snapshot) {
        Set<String> outside = snapshot.services().stream()
                .filter(service -> service.kind() == ServiceKind.EXTERNAL)
                .map(ServiceStatus::name)
                .collect(Collectors.toSet());
        hops = snapshot.edges().stream()
                .filter(edge -> !outside.contains(edge.id().destination()))
                .map(EdgeStatus::stats)
                .mapToLong(stats -> stats.totalRequests())
                .sum();
        windowed += snapshot.meshHops();
        secured += snapshot.securedHops();
    }

    /** Hops between services of the mesh since its start. */
    long hops() {
        return hops;
    }

    /** The share that used mutual TLS, 0..1: 1 only if every hop of every snapshot did; empty without hops. */
    OptionalDouble securedShare() {
        return windowed == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) secured / windowed);
    }
}
