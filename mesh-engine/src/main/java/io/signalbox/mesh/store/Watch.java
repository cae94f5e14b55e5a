package io.signalbox.mesh.store;

/** Ends with {@link #close}; closing twice does nothing. */
@FunctionalInterface
public interface Watch extends AutoCloseable {
    @Override
    void close();
}
