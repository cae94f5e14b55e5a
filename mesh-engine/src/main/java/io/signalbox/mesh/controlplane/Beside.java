package io.signalbox.mesh.controlplane;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Work that may wait for the disk, done beside the tick: one at a time, and whoever asks while it is under way does not ask
 * for more. Safe from any thread.
 */
final class Beside {

    private static final Logger log = LoggerFactory.getLogger(Beside.class);

    private final Executor executor;
    private final Runnable work;
    private final AtomicBoolean underWay = new AtomicBoolean();

    Beside(Executor executor, Runnable work) {
        this.executor = executor;
        this.work = work;
    }

    void ask() {
        if (underWay.compareAndSet(false, true)) {
            try {
                executor.execute(this::run);
            } catch (RejectedExecutionException e) {
                underWay.set(false);
                log.debug("The control plane is closing", e);
            }
        }
    }

    private void run() {
        try {
            work.run();
        } catch (RuntimeException e) {
            log.error("What is done beside the tick failed", e);
        } finally {
            underWay.set(false);
        }
    }
}
