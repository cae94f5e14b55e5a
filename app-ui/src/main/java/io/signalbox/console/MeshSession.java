package io.signalbox.console;

import io.signalbox.mesh.client.MeshConnection;
import io.signalbox.mesh.runtime.Mesh;
import io.signalbox.mesh.time.Ticker;
import io.signalbox.shop.CornerShop;
import io.signalbox.shop.CornerShopOptions;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the console is attached to: a mesh of its own with Corner Shop in it, or one that runs elsewhere. */
sealed interface MeshSession extends AutoCloseable {

    MeshConnection connection();

    /** Does what remains to be done before there is something to see; may take seconds, so not on the FX thread. */
    void begin();

    @Override
    void close();

    /** A mesh that runs elsewhere; closing leaves it alone. */
    record Attached(MeshConnection connection) implements MeshSession {

        @Override
        public void begin() {}

        @Override
        public void close() {
            connection.close();
        }
    }

    /** A mesh in this process. Safe from any thread; {@link #begin} and {@link #close} exclude each other. */
    final class Embedded implements MeshSession {

        private static final Logger log = LoggerFactory.getLogger(Embedded.class);

        private final Mesh mesh;
        private final CornerShopOptions options;
        private final MeshConnection connection;
        private @Nullable CornerShop shop;
        private boolean closed;

        Embedded(Mesh mesh, CornerShopOptions options) {
            this.mesh = mesh;
            this.options = options;
            connection = mesh.connection();
        }

        @Override
        public MeshConnection connection() {
            return connection;
        }

        @Override
        public synchronized void begin() {
            if (!closed) {
                shop = CornerShop.open(mesh, options, Ticker.system(), InstantSource.system());
            }
        }

        @Override
        public synchronized void close() {
            if (closed) {
                return;
            }
            closed = true;
            connection.close();
            Optional.ofNullable(shop).ifPresent(Embedded::quietly);
            mesh.close();
        }

        private static void quietly(CornerShop open) {
            try {
                open.close();
            } catch (RuntimeException e) {
                log.warn("Corner Shop did not close cleanly", e);
            }
        }
    }
}
