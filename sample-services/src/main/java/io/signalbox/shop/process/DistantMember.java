package io.signalbox.shop.process;

import io.signalbox.mesh.model.InvalidValueException;
import io.signalbox.mesh.runtime.MeshMember;
import java.net.InetSocketAddress;
import java.net.URI;

/** A member of the mesh whose sidecar alone is a process. */
record DistantMember(String service, String instanceId, URI outbound, URI admin, KeptProcess process)
        implements MeshMember {

    @Override
    public InetSocketAddress tcpAddress(String called) {
        throw new InvalidValueException("service", called, "none, as it calls nobody over TCP");
    }

    @Override
    public void close() {
        process.close();
    }
}
