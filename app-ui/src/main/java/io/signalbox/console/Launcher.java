package io.signalbox.console;

import io.signalbox.mesh.cli.MeshAccess;
import io.signalbox.mesh.cli.RunningMeshAccess;
import io.signalbox.mesh.cli.SignalboxCommand;
import io.signalbox.mesh.cli.Surroundings;
import io.signalbox.mesh.client.RunningMeshes;
import io.signalbox.mesh.runtime.LocalMesh;
import io.signalbox.mesh.runtime.MeshOptions;
import io.signalbox.shop.CornerShopOptions;
import io.signalbox.shop.demo.DemoCommand;
import io.signalbox.shop.demo.Layout;
import io.signalbox.shop.demo.MeshFactory;
import io.signalbox.shop.process.ProcessMesh;
import io.signalbox.shop.process.ShopProcess;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;
import picocli.AutoComplete;
import picocli.CommandLine;

/** The program's entry: the engine's commands, and those of the console and the demo. */
public final class Launcher {

    private static final String MESH = "corner-shop";

    private Launcher() {}

    public static void main(String[] arguments) {
        Logging.quiet();
        // Jetty would start the platform's MBean server to ask for it: a tenth of a second.
        System.setProperty("org.eclipse.jetty.util.referencesPerCacheLine", "16");
        Map<String, String> environment = System.getenv();
        RunningMeshes running = RunningMeshes.ofUser(environment, Surroundings.home(environment));
        // One that is to be a part of a demo needs none of the commands.
        if (arguments.length > 0 && arguments[0].equals(ShopProcess.WORD)) {
            System.exit(ShopProcess.ofStandardStreams(running).run());
        }
        MeshFactory embedded = (layout, port) -> switch (layout) {
            case ONE_PROCESS -> LocalMesh.start(new MeshOptions(MESH, port.orElse(0)), running);
            case MULTI_PROCESS ->
                ProcessMesh.start(
                        Launcher.class.getName(), environment, Surroundings.home(environment), MESH, port.orElse(0));
        };
        Desktop desktop = new Desktop(environment, embedded);
        Surroundings surroundings =
                surroundings(environment, new RunningMeshAccess(running, RandomGenerator.getDefault()));
        System.exit(
                arguments.length == 0
                        ? withoutArguments(surroundings, desktop, embedded)
                        : SignalboxCommand.alone(surroundings, arguments[0])
                                .orElseGet(() -> commandLine(surroundings, desktop, embedded))
                                .execute(arguments));
    }

    static CommandLine commandLine(Surroundings surroundings, Desktop desktop, MeshFactory embedded) {
        DemoCommand demo = new DemoCommand(
                embedded,
                options -> desktop.show(options.shop(), options.layout(), options.controlPort()),
                System.out,
                System.err);
        return SignalboxCommand.commandLine(
                surroundings,
                List.of(new ConsoleCommand(desktop, surroundings), demo, new AutoComplete.GenerateCompletion()));
    }

    /**
     * The console on a mesh of its own; where no window can be opened, says so and runs the demo without one. Building
     * the command line would take as long as showing a third of the window, so it is built only where it is needed.
     */
    static int withoutArguments(Surroundings surroundings, Desktop desktop, MeshFactory embedded) {
        Optional<String> missing = desktop.missing();
        if (missing.isPresent()) {
            surroundings.err().println("signalbox: " + missing.get() + "; running demo --headless instead");
            return commandLine(surroundings, desktop, embedded).execute("demo", "--headless");
        }
        if (ConsoleCommand.attaches(surroundings.environment())) {
            return commandLine(surroundings, desktop, embedded).execute("console");
        }
        return SignalboxCommand.reporting(
                surroundings,
                () -> desktop.show(CornerShopOptions.defaults(), Layout.ONE_PROCESS, OptionalInt.empty()));
    }

    static Surroundings surroundings(Map<String, String> environment, MeshAccess meshes) {
        return new Surroundings(
                new PrintWriter(System.out, true, System.out.charset()),
                sink(),
                new PrintWriter(System.err, true, System.err.charset()),
                meshes,
                environment,
                InstantSource.system(),
                System.getProperty("user.name", "someone"));
    }

    @SuppressWarnings("SystemConsoleNull") // NullAway knows it as nullable, and rightly so before JDK 22
    private static Surroundings.Sink sink() {
        java.io.Console console = System.console();
        return console != null && console.isTerminal() ? Surroundings.Sink.TERMINAL : Surroundings.Sink.STREAM;
    }
}
