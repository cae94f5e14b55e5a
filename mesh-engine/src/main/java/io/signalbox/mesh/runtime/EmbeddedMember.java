package io.signalbox.mesh.runtime;

import io.signalbox.mesh.controlplane.ControlPlane;
import io.signalbox.mesh.controlplane.SidecarLink;
import io.signalbox.mesh.metrics.SidecarMetrics;
import io.signalbox.mesh.model.InvalidValueException;
import io.signalbox.mesh.model.UnknownNameException;
import io.signalbox.mesh.proxy.Sidecar;
import io.signalbox.mesh.time.Scheduler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** A member whose sidecar runs in this process. */
final class EmbeddedMember implements MeshMember {

    private final Sidecar sidecar;
    private final SidecarLink link;
    private final ControlPlane controlPlane;
    private final Scheduler.Cancellable heartbeat;
    private final Consumer<EmbeddedMember> left;
    private final AtomicBoolean closed = new AtomicBoolean();

    /** @param left called when this has closed */
    EmbeddedMember(
            Sidecar sidecar,
            SidecarLink link,
            ControlPlane controlPlane,
            Scheduler.Cancellable heartbeat,
            Consumer<EmbeddedMember> left) {
        this.sidecar = sidecar;
        this.link = link;
        this.controlPlane = controlPlane;
        this.heartbeat = heartbeat;
        this.left = left;
    }

    @Override
    public String service() {
        return sidecar.spec().service();
    }

    @Override
    public String instanceId() {
        return sidecar.spec().instanceId();
    }

    @Override
    public URI outbound() {
        return loopback(sidecar.outboundPort());
    }

    @Override
    public InetSocketAddress tcpAddress(String service) {
        Integer port = sidecar.tcpPorts().get(service);
        InvalidValueException.unless(
                port != null, "service", service, "one of " + sidecar.tcpPorts().keySet() + ", called over TCP");
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), Objects.requireNonNull(port));
    }

    @Override
    public URI admin() {
        return loopback(sidecar.adminPort());
    }

    SidecarMetrics metrics() {
        return sidecar.metrics();
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        heartbeat.cancel();
        if (sidecar.inboundPort().isPresent()) {
            leave();
        }
        controlPlane.detach(link);
        sidecar.close();
        left.accept(this);
    }

    private void leave() {
        try {
            controlPlane.members().deregister(service(), Optional.of(instanceId()));
        } catch (UnknownNameException e) {
            // Someone else deregistered it first: gone is what was wanted.
        }
    }

    static URI loopback(int port) {
        return URI.create("http://127.0.0.1:" + port);
    }
}
