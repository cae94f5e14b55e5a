package io.signalbox.mesh.cli;

import io.signalbox.mesh.client.MeshConnection;
import io.signalbox.mesh.client.MeshException;
import io.signalbox.mesh.client.json.Json;
import io.signalbox.mesh.model.Switch;
import io.signalbox.mesh.model.status.FaultStatus;
import io.signalbox.mesh.model.status.ScenarioStatus;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code signalbox fault}: the planted faults of the demo. */
@Command(
        name = "fault",
        mixinStandardHelpOptions = true,
        description = "Lists the demo's planted faults and switches them.",
        synopsisSubcommandLabel = "COMMAND")
final class FaultCommands {

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "Every fault, what it does and whether it is on.")
    static final class ListFaults extends MeshCommand {

        @Mixin
        private Output output = new Output();

        ListFaults(Surroundings surroundings) {
            super(surroundings);
        }

        @Override
        int run(MeshConnection mesh) {
            ScenarioStatus scenario = mesh.snapshot().scenario();
            if (scenario == null) {
                throw new MeshException(
                        MeshException.Kind.NOT_FOUND, "scenario: none (expected: a mesh that runs a demo)");
            }
            switch (output.format()) {
                case TABLE -> table(scenario).lines().forEach(this::say);
                case JSON -> say(Json.pretty(scenario.faults()));
                case YAML -> surroundings().out().print(Yaml.text(scenario.faults()));
            }
            return ExitStatus.DONE;
        }

        private static Table table(ScenarioStatus scenario) {
            Table table = new Table(">NO", "FAULT", "STATE", "SERVICE", "WHAT IT DOES");
            for (FaultStatus fault : scenario.faults()) {
                table.row(
                        Integer.toString(fault.number()),
                        fault.name(),
                        fault.position().name().toLowerCase(Locale.ROOT),
                        fault.service(),
                        fault.summary());
            }
            return table;
        }
    }

    /** One switch of a fault. */
    abstract static class Turn extends MeshCommand {

        private final Switch position;

        @Parameters(paramLabel = "NAME", description = "Such as payment-burst; see fault list.")
        private String fault = "";

        Turn(Surroundings surroundings, Switch position) {
            super(surroundings);
            this.position = position;
        }

        @Override
        int run(MeshConnection mesh) {
            mesh.switchFault(fault, position, note(""));
            say(fault + " is " + position.name().toLowerCase(Locale.ROOT));
            return ExitStatus.DONE;
        }
    }

    @Command(name = "on", mixinStandardHelpOptions = true, description = "Breaks something on purpose.")
    static final class On extends Turn {
        On(Surroundings surroundings) {
            super(surroundings, Switch.ON);
        }
    }

    @Command(name = "off", mixinStandardHelpOptions = true, description = "Mends it.")
    static final class Off extends Turn {
        Off(Surroundings surroundings) {
            super(surroundings, Switch.OFF);
        }
    }
}
