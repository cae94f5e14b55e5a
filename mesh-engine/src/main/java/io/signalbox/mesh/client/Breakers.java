package io.signalbox.mesh.client;

import io.signalbox.mesh.autopsy.BreakerAutopsy;

/** What a mesh can tell of its circuits beyond where they stand. As {@link MeshConnection}, which hands it out. */
public interface Breakers {

    /**
     * Why circuits last opened by themselves, who was refused since, and what other settings had done.
     *
     * @param circuits an edge such as {@code checkout->payment}, or one circuit such as {@code checkout-1->payment-2}
     */
    BreakerAutopsy autopsy(String circuits);
}
