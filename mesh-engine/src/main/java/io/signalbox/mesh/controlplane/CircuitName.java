package io.signalbox.mesh.controlplane;

import io.signalbox.mesh.model.InvalidValueException;
import io.signalbox.mesh.model.status.BreakerStatus;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Circuits by the names of their ends: those of an edge such as {@code checkout->payment}, or one such as
 * {@code checkout-1->payment-2}; either end may name a service or one of its instances.
 *
 * @param asked the words of whoever asked
 */
record CircuitName(String source, String destination, String asked) {

    private static final Pattern ARROW = Pattern.compile("\\s*(?:->|→)\\s*");
    private static final Pattern COLON = Pattern.compile("\\s*:\\s*");

    static CircuitName parse(String text) {
        List<String> byArrow = List.of(ARROW.split(text.strip(), -1));
        List<String> ends = byArrow.size() == 1 ? List.of(COLON.split(text.strip(), -1)) : byArrow;
        InvalidValueException.unless(
                ends.size() == 2 && ends.stream().noneMatch(String::isEmpty),
                "edge",
                text,
                "SOURCE->DESTINATION, such as checkout->payment or checkout-1->payment-2");
        return new CircuitName(ends.getFirst(), ends.getLast(), text);
    }

    boolean isFrom(SidecarLink link) {
        return source.equals(link.service()) || source.equals(link.instanceId());
    }

    boolean isTo(String service, String instance) {
        return destination.equals(service) || destination.equals(instance);
    }

    boolean names(BreakerStatus circuit) {
        return (source.equals(circuit.edge().source()) || source.equals(circuit.sourceInstance()))
                && isTo(circuit.edge().destination(), circuit.endpoint());
    }

    @Override
    public String toString() {
        return source + "->" + destination;
    }
}
