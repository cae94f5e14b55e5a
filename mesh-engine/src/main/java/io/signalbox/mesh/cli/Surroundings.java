package io.signalbox.mesh.cli;

import io.signalbox.mesh.client.RunningMeshes;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;

/**
 * What commands run in.
 *
 * @param sink what {@code out} leads to
 * @param err where what went wrong is said, in {@link io.signalbox.mesh.model.PlainText} whoever chose the words
 * @param environment the process's variables
 * @param user whose name changes carry
 */
public record Surroundings(
        PrintWriter out,
        Sink sink,
        PrintWriter err,
        MeshAccess meshes,
        Map<String, String> environment,
        InstantSource clock,
        String user) {

    public Surroundings {
        err = PlainWriter.around(err);
        environment = Map.copyOf(environment);
    }

    Surroundings withErr(PrintWriter other) {
        return new Surroundings(out, sink, other, meshes, environment, clock, user);
    }

    /** Where meshes of this user leave word of themselves. */
    RunningMeshes runningMeshes() {
        return RunningMeshes.ofUser(environment, home(environment));
    }

    /** {@code $HOME}; without it, what the system says of the user. */
    public static Path home(Map<String, String> environment) {
        String home = environment.get("HOME");
        return Path.of(home != null && !home.isBlank() ? home : System.getProperty("user.home", "."));
    }

    /** What the standard output leads to. */
    public enum Sink {
        /** A terminal, where a view may be written over. */
        TERMINAL,
        /** A file or another program. */
        STREAM
    }
}
