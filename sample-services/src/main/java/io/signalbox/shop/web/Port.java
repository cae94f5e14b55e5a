package io.signalbox.shop.web;

import io.signalbox.mesh.model.Switch;

/**
 * Where one instance is reached: a loopback port, open while switched on, always the same number.
 *
 * <p>Switched off, it refuses connections, and those it had are cut. Safe from any thread.
 */
public interface Port extends AutoCloseable {

    int number();

    Switch position();

    void switchTo(Switch position);

    @Override
    void close();
}
