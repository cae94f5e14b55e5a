package io.signalbox.mesh.model.status;

import java.util.List;

/** The demo that runs in the mesh: its planted faults and its load. */
public record ScenarioStatus(String name, long seed, List<FaultStatus> faults, LoadStatus load) {

    public ScenarioStatus {
        faults = List.copyOf(faults);
    }

    /** The number of a fault, with a letter where others of that number come before it: {@code 1}, {@code 1b}. */
    public String label(FaultStatus fault) {
        long before = faults.stream()
                .takeWhile(other -> !other.name().equals(fault.name()))
                .filter(other -> other.number() == fault.number())
                .count();
        return before == 0 ? Integer.toString(fault.number()) : fault.number() + Character.toString('a' + (int) before);
    }
}
