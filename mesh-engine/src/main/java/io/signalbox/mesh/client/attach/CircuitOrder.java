package io.signalbox.mesh.client.attach;

import io.signalbox.mesh.model.BreakerCommand;
import io.signalbox.mesh.model.ChangeNote;
import java.util.List;

/**
 * What a sidecar is asked to do to some of its circuits.
 *
 * @param endpoints the instances called; it has no circuit to those that it may not call
 * @param question by which the {@link CircuitAnswer} names it
 */
public record CircuitOrder(List<String> endpoints, BreakerCommand command, String by, String reason, long question) {

    public CircuitOrder {
        endpoints = List.copyOf(endpoints);
    }

    public ChangeNote note() {
        return new ChangeNote(by, reason);
    }
}
