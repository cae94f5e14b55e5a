package io.signalbox.mesh.balance;

import io.signalbox.mesh.model.Endpoint;

/** How many calls an endpoint has been given and not yet answered, as seen from this sidecar. */
@FunctionalInterface
public interface InFlight {

    int of(Endpoint endpoint);
}
