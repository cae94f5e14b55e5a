package io.signalbox.mesh.model;

import java.util.List;
import java.util.Optional;

/**
 * What is done to a service's traffic on purpose, to learn from it; nothing unless it is asked for.
 *
 * @param faults at most 32, each of another name
 * @param mirror where copies of requests go
 */
public record Experiments(List<Fault> faults, Optional<Mirror> mirror) {

    public static final Experiments NONE = new Experiments(List.of(), Optional.empty());

    private static final int MOST_FAULTS = 32;

    public Experiments {
        faults = List.copyOf(faults);
        InvalidValueException.unless(faults.size() <= MOST_FAULTS, "faults", faults.size(), "at most " + MOST_FAULTS);
        List<String> names = faults.stream().map(Fault::name).toList();
        names.forEach(name -> InvalidValueException.unless(
                names.indexOf(name) == names.lastIndexOf(name), "faults", name + " twice", "names that differ"));
    }

    public Experiments withFaults(List<Fault> next) {
        return new Experiments(next, mirror);
    }

    public Experiments withMirror(Mirror next) {
        return new Experiments(faults, Optional.of(next));
    }
}
