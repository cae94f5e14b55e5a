package io.signalbox.console.topology.view;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a frame that cannot be drawn from ending the console: it is left out, and that is said once until one succeeds. Used
 * on the FX thread only.
 */
final class Guarded {

    private static final Logger log = LoggerFactory.getLogger(Guarded.class);

    private final String what;
    private boolean failing;

    /** @param what is drawn, in words for the log */
    Guarded(String what) {
        this.what = what;
    }

    void run(Runnable drawing) {
        try {
            drawing.run();
            failing = false;
        } catch (RuntimeException e) {
            if (!failing) {
                failing = true;
                log.error("{} cannot be drawn; the next frame is tried", what, e);
            }
        }
    }
}
