package io.signalbox.mesh.cli;

import io.signalbox.mesh.client.MeshConnection;
import io.signalbox.mesh.client.MeshException;
import io.signalbox.mesh.client.json.Json;
import io.signalbox.mesh.config.PolicyFormat;
import io.signalbox.mesh.model.PlainText;
import io.signalbox.mesh.model.Switch;
import io.signalbox.mesh.model.status.FaultStatus;
import io.signalbox.mesh.model.status.ScenarioStatus;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code signalbox fault}: the planted faults of the demo. */
@Command(
        name = "fault",
        mixinStandardHelpOptions = true,
        description = "Lists the demo's planted faults, switches them, and mends what they teach.",
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
            ScenarioStatus scenario = scenario(mesh);
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
                        scenario.label(fault),
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
            FaultStatus now = status(mesh, fault);
            if (!now.remark().isEmpty()) {
                say("  " + now.remark());
            }
            if (position == Switch.ON && !now.mend().isEmpty()) {
                say("  what mends it: signalbox fault mend " + fault);
            }
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

    /** {@code signalbox fault mend NAME}. */
    @Command(
            name = "mend",
            mixinStandardHelpOptions = true,
            description = "Puts the policies in force that end the harm of a fault which stays on.")
    static final class Mend extends MeshCommand {

        @Parameters(paramLabel = "NAME", description = "A fault that is on, such as bank-429; see fault list.")
        private String fault = "";

        @Option(names = "--print", description = "Only writes the policies to the standard output, as apply -f reads.")
        private boolean print;

        Mend(Surroundings surroundings) {
            super(surroundings);
        }

        @Override
        int run(MeshConnection mesh) {
            FaultStatus status = status(mesh, fault);
            if (status.mend().isEmpty()) {
                throw new MeshException(
                        MeshException.Kind.INVALID,
                        "fault: " + fault + " (expected: one that a policy mends: " + mended(mesh) + ")");
            }
            if (print) {
                surroundings().out().print(PlainText.lines(status.mend()));
                return ExitStatus.DONE;
            }
            if (status.position() == Switch.OFF) {
                throw new MeshException(
                        MeshException.Kind.INVALID,
                        "fault: " + fault + ", which is off (expected: on; signalbox fault on " + fault + ")");
            }
            PolicyCommands.put(this, mesh, PolicyFormat.readAll(status.mend()), "mends " + fault);
            return ExitStatus.DONE;
        }

        private static String mended(MeshConnection mesh) {
            return scenario(mesh).faults().stream()
                    .filter(each -> !each.mend().isEmpty())
                    .map(FaultStatus::name)
                    .collect(Collectors.joining(", "));
        }
    }

    private static ScenarioStatus scenario(MeshConnection mesh) {
        ScenarioStatus scenario = mesh.snapshot().scenario();
        if (scenario == null) {
            throw new MeshException(MeshException.Kind.NOT_FOUND, "scenario: none (expected: a mesh that runs a demo)");
        }
        return scenario;
    }

    private static FaultStatus status(MeshConnection mesh, String fault) {
        List<FaultStatus> faults = scenario(mesh).faults();
        return faults.stream()
                .filter(each -> each.name().equals(fault))
                .findFirst()
                .orElseThrow(() -> new MeshException(
                        MeshException.Kind.NOT_FOUND,
                        "fault: " + fault + " (expected: one of "
                                + faults.stream().map(FaultStatus::name).collect(Collectors.joining(", ")) + ")"));
    }
}
