package io.signalbox.console.topology.paint;

import java.util.List;

/** The signs beside the edges of one painted scene, each with its place. */
public final class Signs {

    public static final Signs NONE = new Signs(List.of());

    private final List<Sign> all;

    Signs(List<Sign> all) {
        this.all = List.copyOf(all);
    }

    List<Sign> all() {
        return all;
    }

    /** Whether any of them counts down. */
    public boolean counting() {
        return all.stream().anyMatch(Sign.Pill.class::isInstance);
    }
}
