package io.signalbox.mesh.model.status;

import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * The whole mesh at one instant.
 *
 * @param sequence grows with every snapshot of one control plane
 * @param eventSequence of the newest event that this snapshot knows of
 * @param totals of the calls that clients make into the mesh; of all calls when there is no client
 * @param meshHops calls between mesh identities in the window; calls to external services are not among them
 * @param securedHops of those, how many used mutual TLS
 * @param scenario {@code null} when no demo runs
 */
public record MeshSnapshot(
        long sequence,
        long eventSequence,
        Instant at,
        String mesh,
        Instant startedAt,
        TrafficStats totals,
        long meshHops,
        long securedHops,
        List<ServiceStatus> services,
        List<EdgeStatus> edges,
        List<BreakerStatus> breakers,
        List<SplitStatus> splits,
        @Nullable ScenarioStatus scenario) {

    public MeshSnapshot {
        services = List.copyOf(services);
        edges = List.copyOf(edges);
        breakers = List.copyOf(breakers);
        splits = List.copyOf(splits);
    }

    /** The share of hops inside the mesh that used mutual TLS, 0..1; empty when there were none. */
    public OptionalDouble securedShare() {
        return meshHops == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) securedHops / meshHops);
    }
}
