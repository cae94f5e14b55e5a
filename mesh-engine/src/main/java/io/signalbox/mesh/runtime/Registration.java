package io.signalbox.mesh.runtime;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.signalbox.mesh.client.MeshException;
import io.signalbox.mesh.client.remote.SidecarLine;
import io.signalbox.mesh.model.ServiceInstance;
import io.signalbox.mesh.time.Ticker;
import java.time.Duration;
import java.util.Optional;

/**
 * Keeps a sidecar's instance registered: anew at each connection, then by heartbeats. One thread keeps it, any may say that
 * the connection is new.
 */
final class Registration {

    private static final Duration HEARTBEAT = Duration.ofSeconds(5);

    private final SidecarLine line;
    private final Optional<ServiceInstance> own;
    private final Ticker ticker;
    private long lastHeartbeat;

    /** How many connections there have been. */
    @GuardedBy("this")
    private long connection = 1;

    /** On which it was registered; a later one that begins meanwhile needs it anew. */
    private long registeredOn;

    /** @param own what is registered; empty for a sidecar that only calls */
    Registration(SidecarLine line, Optional<ServiceInstance> own, Ticker ticker) {
        this.line = line;
        this.own = own;
        this.ticker = ticker;
        this.lastHeartbeat = ticker.nanos();
    }

    /** Whether there is anything to register. */
    boolean isOfAnInstance() {
        return own.isPresent();
    }

    synchronized void begin() {
        connection++;
    }

    /** Registers it, or renews it when that is due. */
    void keep() {
        if (own.isEmpty()) {
            return;
        }
        long now = connection();
        boolean first = now != registeredOn;
        if (!first && ticker.nanos() - lastHeartbeat < HEARTBEAT.toNanos()) {
            return;
        }
        if (first || !heartbeat()) {
            line.register(own.get());
        }
        registeredOn = now;
        lastHeartbeat = ticker.nanos();
    }

    private synchronized long connection() {
        return connection;
    }

    private boolean heartbeat() {
        try {
            line.heartbeat();
            return true;
        } catch (MeshException e) {
            if (e.kind() == MeshException.Kind.NOT_FOUND) {
                return false;
            }
            throw e;
        }
    }
}
