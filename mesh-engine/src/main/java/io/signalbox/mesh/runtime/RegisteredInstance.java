package io.signalbox.mesh.runtime;

import io.signalbox.mesh.client.MeshException;
import io.signalbox.mesh.client.attach.UpdateReader;
import io.signalbox.mesh.client.remote.SidecarLine;
import io.signalbox.mesh.config.AccessToken;
import io.signalbox.mesh.model.ServiceInstance;
import io.signalbox.mesh.time.Ticker;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An instance without a sidecar that a control plane in another process knows: registered, and kept alive by heartbeats
 * until it is closed. While the control plane is away it is tried again each second.
 *
 * <p>One thread of its own does all the calls.
 */
public final class RegisteredInstance implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(RegisteredInstance.class);
    private static final Duration BEAT = Duration.ofSeconds(1);

    private final SidecarLine line;
    private final Registration registration;
    private final Semaphore stop = new Semaphore(0);
    private final Thread keeper = Thread.ofVirtual().name("instance-keeper").unstarted(this::keep);
    private String trouble = "";

    private RegisteredInstance(SidecarLine line, ServiceInstance own) {
        this.line = line;
        this.registration = new Registration(line, Optional.of(own), Ticker.system());
    }

    /** @param token that may register instances of its service */
    public static RegisteredInstance start(List<URI> controlPlanes, AccessToken token, ServiceInstance own) {
        RegisteredInstance started = new RegisteredInstance(
                new SidecarLine(
                        controlPlanes,
                        Optional.of(token),
                        Optional.empty(),
                        new SharedRandom(),
                        new UpdateReader(1),
                        own.serviceName(),
                        own.instanceId()),
                own);
        started.keeper.start();
        return started;
    }

    /** Takes the instance out of the mesh, if the control plane hears it. */
    @Override
    public void close() {
        stop.release();
        try {
            keeper.join();
            line.deregister();
        } catch (MeshException e) {
            log.debug("{}", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            line.close();
        }
    }

    private void keep() {
        try {
            do {
                beat();
            } while (!stop.tryAcquire(BEAT.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void beat() {
        try {
            registration.keep();
            trouble = "";
        } catch (MeshException e) {
            String what = String.valueOf(e.getMessage());
            if (!what.equals(trouble)) {
                trouble = what;
                log.warn("{}", what);
            }
        }
    }
}
