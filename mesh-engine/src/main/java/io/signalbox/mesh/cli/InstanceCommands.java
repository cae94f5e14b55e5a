package io.signalbox.mesh.cli;

import io.signalbox.mesh.client.MeshConnection;
import io.signalbox.mesh.model.Switch;
import io.signalbox.mesh.model.UnknownNameException;
import io.signalbox.mesh.model.status.InstanceStatus;
import io.signalbox.mesh.model.status.MeshSnapshot;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Commands that act on one instance. */
@Command(
        name = "instance",
        mixinStandardHelpOptions = true,
        description = "Stops and starts the processes of the demo's instances.",
        synopsisSubcommandLabel = "COMMAND")
final class InstanceCommands {

    /** Moves an instance out of balancing or back. */
    abstract static class Drain extends MeshCommand {

        private final Switch position;
        private final String done;

        @Parameters(paramLabel = "INSTANCE", description = "Such as ratings-1.")
        private String instance = "";

        @Option(names = "--reason", paramLabel = "TEXT", description = "Why; kept with the change.", defaultValue = "")
        private String reason = "";

        Drain(Surroundings surroundings, Switch position, String done) {
            super(surroundings);
            this.position = position;
            this.done = done;
        }

        @Override
        int run(MeshConnection mesh) {
            mesh.setDraining(serviceOf(mesh.snapshot(), instance), instance, position, note(reason));
            say(instance + " " + done);
            return ExitStatus.DONE;
        }

        private static String serviceOf(MeshSnapshot snapshot, String instance) {
            List<InstanceStatus> all = snapshot.services().stream()
                    .flatMap(service -> Views.instances(service).stream())
                    .toList();
            return all.stream()
                    .filter(one -> one.instance().instanceId().equals(instance))
                    .map(one -> one.instance().serviceName())
                    .findFirst()
                    .orElseThrow(() -> new UnknownNameException(
                            "instance",
                            instance,
                            all.stream().map(one -> one.instance().instanceId()).toList()));
        }
    }

    @Command(
            name = "drain",
            mixinStandardHelpOptions = true,
            description = "Takes an instance out of balancing; its calls in flight go on.")
    static final class TakeOut extends Drain {
        TakeOut(Surroundings surroundings) {
            super(surroundings, Switch.ON, "gets no new requests");
        }
    }

    @Command(name = "undrain", mixinStandardHelpOptions = true, description = "Puts a drained instance back.")
    static final class PutBack extends Drain {
        PutBack(Surroundings surroundings) {
            super(surroundings, Switch.OFF, "gets requests again");
        }
    }

    /** Stops or starts an instance's process. */
    abstract static class Power extends MeshCommand {

        private final Switch position;
        private final String done;

        @Parameters(paramLabel = "INSTANCE", description = "Such as ratings-1.")
        private String instance = "";

        Power(Surroundings surroundings, Switch position, String done) {
            super(surroundings);
            this.position = position;
            this.done = done;
        }

        @Override
        int run(MeshConnection mesh) {
            mesh.switchInstance(instance, position, note(""));
            say(instance + " " + done);
            return ExitStatus.DONE;
        }
    }

    @Command(name = "stop", mixinStandardHelpOptions = true, description = "Closes its port and its connections.")
    static final class Stop extends Power {
        Stop(Surroundings surroundings) {
            super(surroundings, Switch.OFF, "stopped");
        }
    }

    @Command(name = "start", mixinStandardHelpOptions = true, description = "Opens its port again.")
    static final class Start extends Power {
        Start(Surroundings surroundings) {
            super(surroundings, Switch.ON, "started");
        }
    }
}
