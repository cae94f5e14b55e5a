package io.signalbox.shop;

import io.signalbox.mesh.runtime.Mesh;

/** A mesh that runs the shop's instances in a way of its own; in any other they run in the process that opens the shop. */
public interface ShopMesh extends Mesh {

    /** @param seed of all that is left to chance */
    Crew crew(long seed);
}
