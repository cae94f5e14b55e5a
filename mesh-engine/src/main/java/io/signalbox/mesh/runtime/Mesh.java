package io.signalbox.mesh.runtime;

import io.signalbox.mesh.client.MeshConnection;
import io.signalbox.mesh.event.EventLog;
import io.signalbox.mesh.model.ServiceInstance;
import io.signalbox.mesh.scenario.Scenario;
import java.net.URI;
import java.nio.file.Path;

/** A whole mesh in this process: control plane, certificate authority, and the sidecars of its members. */
public interface Mesh extends AutoCloseable {

    /** Starts a sidecar for the instance, issues its identity, and registers it if it can be called. */
    MeshMember join(MemberSpec spec);

    /** Registers what is called in plain text, outside the mesh; the mesh keeps its heartbeat. */
    void registerExternal(ServiceInstance instance);

    /** Puts a policy in force from a YAML document. */
    void applyPolicy(String yaml);

    /** Lets the control plane show and drive a demo. */
    void attach(Scenario scenario);

    MeshConnection connection();

    EventLog events();

    URI controlPlane();

    Path tokenFile();

    /** Stops everything in order: listeners first, calls in flight end, then the control plane. */
    @Override
    void close();
}
