package io.signalbox.mesh.cli;

import io.signalbox.mesh.client.MeshException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** The whole command line in this process, in front of a mesh that is made up. */
final class Terminal {

    final FakeMesh mesh = new FakeMesh();
    final Map<String, String> environment = new HashMap<>();
    final List<String> opened = new ArrayList<>();
    Surroundings.Sink sink = Surroundings.Sink.STREAM;

    @Nullable
    MeshException noMesh;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Writer target = out;

    int run(String... arguments) {
        return commandLine().execute(arguments);
    }

    CommandLine commandLine() {
        return SignalboxCommand.commandLine(surroundings(), List.of());
    }

    Optional<CommandLine> commandLineOf(String word) {
        return SignalboxCommand.alone(surroundings(), word);
    }

    private Surroundings surroundings() {
        return new Surroundings(
                new PrintWriter(target),
                sink,
                new PrintWriter(err),
                this::open,
                environment,
                () -> Fixtures.NOON,
                "mira");
    }

    void writeTo(Writer other) {
        target = other;
    }

    String out() {
        return out.toString();
    }

    List<String> lines() {
        return out().lines().toList();
    }

    List<String> errors() {
        return err.toString().lines().toList();
    }

    private FakeMesh open(Optional<URI> controlPlane, Optional<Path> tokenFile) {
        opened.add(controlPlane.map(URI::toString).orElse("here") + " "
                + tokenFile.map(Path::toString).orElse("own token"));
        if (noMesh != null) {
            throw noMesh;
        }
        return mesh;
    }
}
