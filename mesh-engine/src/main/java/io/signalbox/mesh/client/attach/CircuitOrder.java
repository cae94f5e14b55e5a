package io.signalbox.mesh.client.attach;

import io.signalbox.mesh.model.BreakerCommand;
import io.signalbox.mesh.model.ChangeNote;

/**
 * What a sidecar is asked to do to one of its circuits.
 *
 * @param endpoint the instance called
 */
public record CircuitOrder(String endpoint, BreakerCommand command, String by, String reason) {

    public ChangeNote note() {
        return new ChangeNote(by, reason);
    }
}
