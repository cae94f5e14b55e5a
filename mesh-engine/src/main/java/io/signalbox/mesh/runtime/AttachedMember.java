package io.signalbox.mesh.runtime;

import io.signalbox.mesh.config.SidecarDocument;
import io.signalbox.mesh.model.InvalidValueException;
import io.signalbox.mesh.proxy.Sidecar;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** A member whose sidecar runs in this process, attached to a control plane in another. Safe from any thread. */
public final class AttachedMember implements MeshMember {

    private final LocalSidecars sidecars;
    private final Sidecar sidecar;

    private AttachedMember(LocalSidecars sidecars) {
        this.sidecars = sidecars;
        this.sidecar = sidecars.sidecars().getFirst();
    }

    /**
     * Starts the sidecar, which registers the instance and keeps it alive.
     *
     * @param stateFolder for what it last ran, unless the document names another
     */
    public static AttachedMember start(SidecarDocument document, Path stateFolder, AttachmentListener listener) {
        return new AttachedMember(LocalSidecars.start(List.of(document), stateFolder, listener));
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
        return EmbeddedMember.loopback(sidecar.outboundPort());
    }

    @Override
    public InetSocketAddress tcpAddress(String service) {
        return tcpAddress(sidecar, service);
    }

    @Override
    public URI admin() {
        return EmbeddedMember.loopback(sidecar.adminPort());
    }

    @Override
    public void close() {
        sidecars.close();
    }

    static InetSocketAddress tcpAddress(Sidecar sidecar, String service) {
        Integer port = sidecar.tcpPorts().get(service);
        InvalidValueException.unless(
                port != null, "service", service, "one of " + sidecar.tcpPorts().keySet() + ", called over TCP");
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), Objects.requireNonNull(port));
    }
}
