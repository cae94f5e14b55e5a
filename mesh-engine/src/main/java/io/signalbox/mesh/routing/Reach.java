package io.signalbox.mesh.routing;

import java.util.List;

/**
 * How far one caller comes with a service, whatever it asks.
 *
 * @param rules those that say something of it, by name, in the order in which they count
 */
public record Reach(Extent extent, List<String> rules) {

    public Reach {
        rules = List.copyOf(rules);
    }

    /** How much of what a caller may ask is allowed. */
    public enum Extent {
        ALL,
        /** It depends on what is asked. */
        SOME,
        NONE
    }
}
