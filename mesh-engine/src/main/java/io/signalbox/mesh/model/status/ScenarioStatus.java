package io.signalbox.mesh.model.status;

import java.util.List;

/** The demo that runs in the mesh: its planted faults and its load. */
public record ScenarioStatus(String name, long seed, List<FaultStatus> faults, LoadStatus load) {

    public ScenarioStatus {
        faults = List.copyOf(faults);
    }
}
