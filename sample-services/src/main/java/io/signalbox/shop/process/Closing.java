package io.signalbox.shop.process;

import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Closes what was opened, the last first, whatever fails on the way. */
final class Closing {

    private static final Logger log = LoggerFactory.getLogger(Closing.class);

    private Closing() {}

    static void all(Deque<AutoCloseable> opened) {
        for (AutoCloseable next = opened.pollLast(); next != null; next = opened.pollLast()) {
            try {
                next.close();
            } catch (Exception e) {
                log.warn("{} did not close", next.getClass().getSimpleName(), e);
            }
        }
    }
}
