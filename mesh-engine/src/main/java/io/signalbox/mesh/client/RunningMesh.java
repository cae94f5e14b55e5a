package io.signalbox.mesh.client;

import io.signalbox.mesh.model.Names;
import java.net.URI;
import java.nio.file.Path;

/**
 * Where a mesh of this user runs on this machine.
 *
 * @param name of the mesh
 * @param url of its control plane
 * @param tokenFile holds the bearer token, readable by its owner alone
 * @param pid of the process that runs it
 */
public record RunningMesh(String name, URI url, Path tokenFile, long pid) {

    public RunningMesh {
        Names.service("name", name);
    }
}
