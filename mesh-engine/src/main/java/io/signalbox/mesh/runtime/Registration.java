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

    @GuardedBy("this")
    private boolean missing = true;

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
        missing = true;
    }

    /** Registers it, or renews it when that is due. */
    void keep() {
        if (own.isEmpty()) {
            return;
        }
        boolean first = isMissing();
        if (!first && ticker.nanos() - lastHeartbeat < HEARTBEAT.toNanos()) {
            return;
        }
        if (first || !heartbeat()) {
            line.register(own.get());
        }
        registered();
        lastHeartbeat = ticker.nanos();
    }

    private synchronized boolean isMissing() {
        return missing;
    }

    private synchronized void registered() {
        missing = false;
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
