package io.signalbox.mesh.cli;

import io.signalbox.mesh.client.MeshConnection;
import io.signalbox.mesh.client.MeshException;
import io.signalbox.mesh.client.RunningMesh;
import io.signalbox.mesh.client.RunningMeshes;
import io.signalbox.mesh.client.remote.ConnectionProbe;
import io.signalbox.mesh.client.remote.RemoteMesh;
import io.signalbox.mesh.config.AccessToken;
import io.signalbox.mesh.model.InvalidValueException;
import io.signalbox.mesh.tls.HostTls;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import javax.net.ssl.SSLContext;

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
        return open(controlPlane, tokenFile, Optional.empty());
    }

    @Override
    public MeshConnection open(Optional<URI> controlPlane, Optional<Path> tokenFile, Optional<Path> ca) {
        return open(controlPlane.stream().toList(), tokenFile, ca);
    }

    @Override
    public MeshConnection open(List<URI> controlPlanes, Optional<Path> tokenFile, Optional<Path> ca) {
        if (!controlPlanes.isEmpty()) {
            URI address = controlPlanes.getFirst();
            Optional<RunningMesh> mesh = running.running().stream()
                    .filter(candidate -> candidate.url().equals(address))
                    .findFirst();
            // the token of a mesh that runs here is for its own address
            Optional<Path> own = mesh.filter(_ -> controlPlanes.size() == 1).map(RunningMesh::tokenFile);
            Path token = tokenFile
                    .or(() -> own)
                    .orElseThrow(() -> new MeshException(
                            MeshException.Kind.FORBIDDEN,
                            "token-file: none (expected: --token-file FILE for " + address + ")"));
            return connect(controlPlanes, token, ca.or(() -> mesh.flatMap(RunningMesh::ca)));
        }
        RunningMesh mesh = running.running().stream()
                .findFirst()
                .orElseThrow(() -> new MeshException(
                        MeshException.Kind.UNAVAILABLE,
                        "mesh: none runs here (expected: one started with signalbox or signalbox demo --headless, or"
                                + " --connect URL)"));
        return connect(List.of(mesh.url()), tokenFile.orElse(mesh.tokenFile()), ca.or(mesh::ca));
    }

    private MeshConnection connect(List<URI> controlPlanes, Path tokenFile, Optional<Path> ca) {
        for (URI controlPlane : controlPlanes) {
            InvalidValueException.unless(
                    isSecured(controlPlane) || ConnectionProbe.isLoopback(controlPlane),
                    "connect",
                    controlPlane,
                    "https, as off loopback others could read the token");
        }
        boolean secured = controlPlanes.stream().anyMatch(RunningMeshAccess::isSecured);
        return new RemoteMesh(
                controlPlanes,
                AccessToken.read(tokenFile),
                random,
                secured ? ca.map(RunningMeshAccess::tls) : Optional.empty());
    }

    private static boolean isSecured(URI controlPlane) {
        return "https".equals(controlPlane.getScheme());
    }

    private static SSLContext tls(Path ca) {
        try {
            return HostTls.client(ca);
        } catch (IOException e) {
            throw new InvalidValueException("ca", ca, "a file that can be read, PEM");
        }
    }
}
