package io.signalbox.mesh.cli;

import io.signalbox.mesh.client.MeshConnection;
import io.signalbox.mesh.client.MeshException;
import io.signalbox.mesh.client.RunningMesh;
import io.signalbox.mesh.client.RunningMeshes;
import io.signalbox.mesh.client.remote.RemoteMesh;
import io.signalbox.mesh.config.AccessToken;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Finds the mesh that this user runs, unless one is named. */
public final class RunningMeshAccess implements MeshAccess {

    private final RunningMeshes running;
    private final RandomGenerator random;

    public RunningMeshAccess(RunningMeshes running, RandomGenerator random) {
        this.running = running;
        this.random = random;
    }

    @Override
    public MeshConnection open(Optional<URI> controlPlane, Optional<Path> tokenFile) {
        if (controlPlane.isPresent()) {
            Path token = tokenFile
                    .or(() -> tokenOf(controlPlane.get()))
                    .orElseThrow(() -> new MeshException(
                            MeshException.Kind.FORBIDDEN,
                            "token-file: none (expected: --token-file FILE for " + controlPlane.get() + ")"));
            return connect(controlPlane.get(), token);
        }
        RunningMesh mesh = running.running().stream()
                .findFirst()
                .orElseThrow(() -> new MeshException(
                        MeshException.Kind.UNAVAILABLE,
                        "mesh: none runs here (expected: one started with signalbox or signalbox demo --headless, or"
                                + " --connect URL)"));
        return connect(mesh.url(), tokenFile.orElse(mesh.tokenFile()));
    }

    private Optional<Path> tokenOf(URI controlPlane) {
        return running.running().stream()
                .filter(mesh -> mesh.url().equals(controlPlane))
                .map(RunningMesh::tokenFile)
                .findFirst();
    }

    private MeshConnection connect(URI controlPlane, Path tokenFile) {
        return new RemoteMesh(controlPlane, AccessToken.read(tokenFile), random);
    }
}
