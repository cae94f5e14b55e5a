package io.signalbox.shop.web;

import org.eclipse.jetty.util.component.LifeCycle;

/** Starts and stops Jetty's components, whose failures are checked exceptions of any kind. */
final class Lifecycle {

    private Lifecycle() {}

    static void start(String what, LifeCycle component) {
        try {
            component.start();
        } catch (Exception e) {
            throw new IllegalStateException("Cannot start " + what + ": " + e.getMessage(), e);
        }
    }

    static void stop(String what, LifeCycle component) {
        try {
            component.stop();
        } catch (Exception e) {
            throw new IllegalStateException("Cannot stop " + what + ": " + e.getMessage(), e);
        }
    }
}
