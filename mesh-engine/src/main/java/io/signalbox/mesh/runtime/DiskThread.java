package io.signalbox.mesh.runtime;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The thread of a control plane on which what may wait for the disk is done, one thing after the other. */
final class DiskThread {

    private DiskThread() {}

    static ExecutorService start() {
        return Executors.newSingleThreadExecutor(
                Thread.ofPlatform().name("mesh-disk").daemon().factory());
    }
}
