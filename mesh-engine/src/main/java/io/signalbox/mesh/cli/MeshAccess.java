package io.signalbox.mesh.cli;

import io.signalbox.mesh.client.MeshConnection;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
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

    /**
     * The same, for one of several control planes of a mesh that share a store.
     *
     * @param controlPlanes where, in the order in which they are tried; empty for the mesh that this user runs here
     */
    default MeshConnection open(List<URI> controlPlanes, Optional<Path> tokenFile, Optional<Path> ca) {
        return open(controlPlanes.stream().findFirst(), tokenFile, ca);
    }
}
