package io.signalbox.mesh.runtime;

import java.net.InetSocketAddress;
import java.net.URI;

/** An instance in the mesh: its sidecar runs, it is registered, and its heartbeats are sent. */
public interface MeshMember extends AutoCloseable {

    String service();

    String instanceId();

    /** Where the application sends its calls: {@code http://127.0.0.1:PORT}. */
    URI outbound();

    /**
     * Where the application reaches that service over TCP.
     *
     * @throws io.signalbox.mesh.model.InvalidValueException unless the member joined as {@link MemberSpec#calling} it
     */
    InetSocketAddress tcpAddress(String service);

    /** The sidecar's admin listener. */
    URI admin();

    /** Deregisters the instance, lets calls in flight end, and stops the sidecar. */
    @Override
    void close();
}
