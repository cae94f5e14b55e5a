package io.signalbox.mesh.cli;

import io.signalbox.mesh.client.MeshConnection;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/** Leads a command to a mesh: the one that was named, or the one that runs here. */
@FunctionalInterface
public interface MeshAccess {

    /**
     * Connects, or refuses with a {@link io.signalbox.mesh.client.MeshException} that says what to start or to name.
     *
     * @param controlPlane where; empty for the mesh that this user runs on this machine
     * @param tokenFile holds the bearer token; empty for the one that goes with the mesh found
     */
    MeshConnection open(Optional<URI> controlPlane, Optional<Path> tokenFile);

    /**
     * The same, for one in TLS.
     *
     * @param ca PEM, the roots to believe; empty for those that go with the mesh found, else the Java runtime's
     */
    default MeshConnection open(Optional<URI> controlPlane, Optional<Path> tokenFile, Optional<Path> ca) {
        return open(controlPlane, tokenFile);
    }
}
