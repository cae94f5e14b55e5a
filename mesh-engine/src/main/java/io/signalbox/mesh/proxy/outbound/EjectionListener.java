package io.signalbox.mesh.proxy.outbound;

import io.signalbox.mesh.resilience.OutlierMove;

/** Learns which endpoints a sidecar leaves out, and which serve again; must be quick. */
@FunctionalInterface
public interface EjectionListener {

    /** @param service the one that the endpoint belongs to */
    void moved(String service, OutlierMove move);
}
