package io.signalbox.mesh.runtime;

import io.signalbox.mesh.client.Adopted;
import io.signalbox.mesh.controlplane.ControlPlane;
import io.signalbox.mesh.controlplane.SidecarLink;
import io.signalbox.mesh.metrics.SidecarMetrics;
import io.signalbox.mesh.model.UnknownNameException;
import io.signalbox.mesh.proxy.Sidecar;
import io.signalbox.mesh.proxy.SidecarSpec;
import io.signalbox.mesh.time.Scheduler;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
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
        return AttachedMember.tcpAddress(sidecar, service);
    }

    @Override
    public URI admin() {
        return loopback(sidecar.adminPort());
    }

    /** What stands before an application that runs outside the mesh's care. */
    Adopted adopted() {
        SidecarSpec spec = sidecar.spec();
        return new Adopted(
                spec.service(),
                spec.version(),
                spec.instanceId(),
                spec.appProtocol(),
                Objects.requireNonNull(spec.appPort()),
                sidecar.inboundPort().orElseThrow(),
                sidecar.outboundPort(),
                sidecar.adminPort(),
                sidecar.tcpPorts());
    }

    /** Where it and its application listen, and what is there. */
    Map<Integer, String> ports() {
        String id = instanceId();
        Map<Integer, String> ports = new HashMap<>();
        sidecar.tcpPorts().forEach((service, port) -> ports.put(port, "the sidecar of " + id));
        sidecar.inboundPort().ifPresent(port -> ports.put(port, "the sidecar of " + id));
        ports.put(sidecar.outboundPort(), "the sidecar of " + id);
        ports.put(sidecar.adminPort(), "the sidecar of " + id);
        Integer application = sidecar.spec().appPort();
        if (application != null) {
            ports.put(application, id + ", which has a sidecar");
        }
        return ports;
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
