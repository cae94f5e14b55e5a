package io.signalbox.mesh.runtime;

import io.signalbox.mesh.client.MeshConnection;
import io.signalbox.mesh.scenario.Scenario;
import java.net.URI;
import java.nio.file.Path;

/** A whole mesh that this process runs: control plane, certificate authority, and the sidecars of its members. */
public interface Mesh extends Joining, AutoCloseable {

    /** Puts a policy in force from a YAML document. */
    void applyPolicy(String yaml);

    /** Lets the control plane show and drive a demo. */
    void attach(Scenario scenario);

    MeshConnection connection();

    URI controlPlane();

    Path tokenFile();

    /** Stops everything in order: listeners first, calls in flight end, then the control plane. */
    @Override
    void close();
}
