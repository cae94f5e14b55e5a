package io.signalbox.mesh.model;

import java.util.List;

/**
 * What is done to a service's traffic on purpose, to learn from it; nothing unless it is asked for.
 *
 * @param faults at most 32, each of another name
 */
public record Experiments(List<Fault> faults) {

    public static final Experiments NONE = new Experiments(List.of());

    private static final int MOST_FAULTS = 32;

    public Experiments {
        faults = List.copyOf(faults);
        InvalidValueException.unless(faults.size() <= MOST_FAULTS, "faults", faults.size(), "at most " + MOST_FAULTS);
        List<String> names = faults.stream().map(Fault::name).toList();
        names.forEach(name -> InvalidValueException.unless(
                names.indexOf(name) == names.lastIndexOf(name), "faults", name + " twice", "names that differ"));
    }

    public Experiments withFaults(List<Fault> next) {
        return new Experiments(next);
    }
}
