package io.signalbox.mesh.proxy.outbound;

import io.signalbox.mesh.model.Endpoint;
import io.signalbox.mesh.resilience.Transition;

/** Learns of each move of a sidecar's circuits, on the thread that made it; must be quick. */
@FunctionalInterface
public interface CircuitListener {

    void moved(Endpoint endpoint, Transition transition);
}
