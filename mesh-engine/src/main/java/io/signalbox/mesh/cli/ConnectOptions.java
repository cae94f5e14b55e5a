package io.signalbox.mesh.cli;

import io.signalbox.mesh.client.MeshConnection;
import io.signalbox.mesh.model.InvalidValueException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which mesh a command talks to; a mixin. Options override the environment. */
public final class ConnectOptions {

    private static final Set<String> SCHEMES = Set.of("http", "https");

    @Option(
            names = "--connect",
            paramLabel = "URL",
            description = "Control plane, or several that share a store, with commas: the first that answers is asked"
                    + " (default: $SIGNALBOX_CONNECT).")
    private @Nullable String url;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "File with the bearer token (default: $SIGNALBOX_TOKEN_FILE).")
    private @Nullable String tokenFile;

    @Option(
            names = "--ca",
            paramLabel = "FILE",
            description = "PEM file with the root to believe of an https URL (default: $SIGNALBOX_CA, else those of"
                    + " Java).")
    private @Nullable String ca;

    /** Whether an option or the environment says which mesh. */
    public boolean namesAMesh(Map<String, String> environment) {
        return connect(environment).given().isPresent();
    }

    /** Opens the mesh that is named, else the one that runs here. */
    public MeshConnection open(Surroundings surroundings) {
        Map<String, String> environment = surroundings.environment();
        return surroundings
                .meshes()
                .open(
                        connect(environment)
                                .given()
                                .map(ConnectOptions::controlPlanes)
                                .orElse(List.of()),
                        tokenFile(environment).given().map(Path::of),
                        Setting.of("ca", ca, "--ca", environment, "SIGNALBOX_CA")
                                .given()
                                .map(Path::of));
    }

    Setting connect(Map<String, String> environment) {
        return Setting.of("connect", url, "--connect", environment, "SIGNALBOX_CONNECT");
    }

    Setting tokenFile(Map<String, String> environment) {
        return Setting.of("token-file", tokenFile, "--token-file", environment, "SIGNALBOX_TOKEN_FILE");
    }

    static List<URI> controlPlanes(String text) {
        return Stream.of(text.split(",", -1)).map(ConnectOptions::controlPlane).toList();
    }

    private static URI controlPlane(String text) {
        try {
            URI address = new URI(text);
            if (address.getScheme() != null && SCHEMES.contains(address.getScheme()) && address.getHost() != null) {
                return address;
            }
        } catch (URISyntaxException e) {
            // Refused below, with every other text that is no address.
        }
        throw new InvalidValueException("connect", text, "a URL such as http://127.0.0.1:9090");
    }
}
