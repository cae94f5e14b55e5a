package io.signalbox.mesh.cli;

import io.signalbox.mesh.client.MeshConnection;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which mesh a command talks to; a mixin. Options override the environment. */
final class ConnectOptions {

    @Option(
            names = "--connect",
            paramLabel = "URL",
            description = "Control plane (default: $SIGNALBOX_CONNECT, else the mesh that runs here).")
    private @Nullable URI url;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "File with the bearer token (default: $SIGNALBOX_TOKEN_FILE).")
    private @Nullable Path tokenFile;

    MeshConnection open(Surroundings surroundings) {
        var environment = surroundings.environment();
        Optional<URI> where =
                Optional.ofNullable(url).or(() -> Optional.ofNullable(environment.get("SIGNALBOX_CONNECT")).map(URI::create));
        Optional<Path> token = Optional.ofNullable(tokenFile)
                .or(() -> Optional.ofNullable(environment.get("SIGNALBOX_TOKEN_FILE")).map(Path::of));
        return surroundings.meshes().open(where, token);
    }
}
