package io.signalbox.console.topology.graph;

import io.signalbox.mesh.model.status.ServiceHealth;
import io.signalbox.mesh.model.status.TrafficStats;
import java.util.List;

/**
 * One version on a service's card.
 *
 * @param part what it plays in a running split
 */
public record VersionRow(String version, Part part, ServiceHealth health, TrafficStats stats, List<Pip> pips) {

    public VersionRow {
        pips = List.copyOf(pips);
    }

    /** Whether a version is the candidate of a running rollout. */
    public enum Part {
        USUAL,
        CANDIDATE
    }

    /** Whether one of its instances is slower than its peers. */
    public boolean slow() {
        return pips.contains(Pip.SLOW);
    }
}
