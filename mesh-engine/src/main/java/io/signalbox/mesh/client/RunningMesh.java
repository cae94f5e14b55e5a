package io.signalbox.mesh.client;

import io.signalbox.mesh.model.Names;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a mesh of this user runs on this machine.
 *
 * @param name of the mesh
 * @param url of its control plane
 * @param tokenFile holds the bearer token, readable by its owner alone
 * @param pid of the process that runs it
 * @param ca holds the root to believe, where the one who signed is the mesh itself
 */
public record RunningMesh(String name, URI url, Path tokenFile, long pid, Optional<Path> ca) {

    /** One in plain text. */
    public RunningMesh(String name, URI url, Path tokenFile, long pid) {
        this(name, url, tokenFile, pid, Optional.empty());
    }

    public RunningMesh {
        Names.service("name", name);
    }
}
