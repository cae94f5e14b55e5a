package io.signalbox.console;

import io.signalbox.mesh.cli.MeshAccess;
import io.signalbox.mesh.cli.RunningMeshAccess;
import io.signalbox.mesh.cli.SignalboxCommand;
import io.signalbox.mesh.cli.Surroundings;
import io.signalbox.mesh.client.RunningMeshes;
import io.signalbox.mesh.runtime.LocalMesh;
import io.signalbox.mesh.runtime.MeshOptions;
import io.signalbox.shop.demo.DemoCommand;
import io.signalbox.shop.demo.MeshFactory;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import picocli.AutoComplete;
import picocli.CommandLine;

/** The program's entry: the engine's commands, and those of the console and the demo. */
public final class Launcher {

    private static final String MESH = "corner-shop";

    private Launcher() {}

    public static void main(String[] arguments) {
        Logging.quiet();
        Map<String, String> environment = System.getenv();
        RunningMeshes running = RunningMeshes.ofUser(environment, Path.of(System.getProperty("user.home", ".")));
        MeshFactory embedded = port -> LocalMesh.start(new MeshOptions(MESH, port.orElse(0)), running);
        Desktop desktop = new Desktop(environment, embedded);
        CommandLine line = commandLine(
                environment, new RunningMeshAccess(running, RandomGenerator.getDefault()), desktop, embedded);
        System.exit(line.execute(arguments.length == 0 ? withoutArguments(desktop) : arguments));
    }

    static CommandLine commandLine(
            Map<String, String> environment, MeshAccess meshes, Desktop desktop, MeshFactory embedded) {
        Surroundings surroundings = new Surroundings(
                new PrintWriter(System.out, true, System.out.charset()),
                sink(),
                new PrintWriter(System.err, true, System.err.charset()),
                meshes,
                environment,
                InstantSource.system(),
                System.getProperty("user.name", "someone"));
        DemoCommand demo = new DemoCommand(
                embedded, options -> desktop.show(options.shop(), options.controlPort()), System.out, System.err);
        return SignalboxCommand.commandLine(
                surroundings,
                List.of(new ConsoleCommand(desktop, meshes), demo, new AutoComplete.GenerateCompletion()));
    }

    /** The console; where no window can be opened, says so and runs the demo without one. */
    static String[] withoutArguments(Desktop desktop) {
        Optional<String> missing = desktop.missing();
        if (missing.isEmpty()) {
            return new String[] {"console"};
        }
        System.err.println("signalbox: " + missing.get() + "; running demo --headless instead");
        return new String[] {"demo", "--headless"};
    }

    @SuppressWarnings("SystemConsoleNull") // NullAway knows it as nullable, and rightly so before JDK 22
    private static Surroundings.Sink sink() {
        java.io.Console console = System.console();
        return console != null && console.isTerminal() ? Surroundings.Sink.TERMINAL : Surroundings.Sink.STREAM;
    }
}
