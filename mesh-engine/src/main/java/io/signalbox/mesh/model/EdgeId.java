package io.signalbox.mesh.model;

import java.util.regex.Pattern;

/**
 * A directed edge of the graph: who calls whom, by service name.
 *
 * <p>Written {@code checkout->payment}; {@code checkout:payment} and {@code checkout→payment} are read as well.
 */
public record EdgeId(String source, String destination) implements Comparable<EdgeId> {

    private static final Pattern SEPARATOR = Pattern.compile("->|→|:");

    public EdgeId {
        Names.service("edge.source", source);
        Names.service("edge.destination", destination);
    }

    public static EdgeId parse(String text) {
        String[] parts = SEPARATOR.split(text, -1);
        InvalidValueException.unless(parts.length == 2, "edge", text, "SOURCE->DESTINATION, such as checkout->payment");
        return new EdgeId(parts[0].strip(), parts[1].strip());
    }

    @Override
    public int compareTo(EdgeId other) {
        int bySource = source.compareTo(other.source);
        return bySource != 0 ? bySource : destination.compareTo(other.destination);
    }

    @Override
    public String toString() {
        return source + "->" + destination;
    }
}
