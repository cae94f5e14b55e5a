package io.signalbox.shop.demo;

import io.signalbox.mesh.runtime.Mesh;
import java.util.OptionalInt;

/** Starts the mesh that a demo runs in. */
@FunctionalInterface
public interface MeshFactory {

    /** @param controlPort where the control plane listens on loopback; empty for any free port */
    Mesh start(Layout layout, OptionalInt controlPort);
}
