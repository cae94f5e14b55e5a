package io.signalbox.mesh.cli;

import io.signalbox.mesh.client.MeshConnection;
import io.signalbox.mesh.client.MeshConnection.PolicyText;
import io.signalbox.mesh.client.PolicyChange;
import io.signalbox.mesh.client.json.Json;
import io.signalbox.mesh.model.Weight;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What a service's policy was, and the way back. */
final class PolicyHistoryCommands {

    private PolicyHistoryCommands() {}

    /** {@code signalbox history catalog}. */
    @Command(
            name = "history",
            mixinStandardHelpOptions = true,
            description = "Shows who changed a service's policy, when and why, newest first.")
    static final class History extends MeshCommand {

        @Parameters(paramLabel = "SERVICE", description = "Such as catalog.")
        private String service = "";

        @Mixin
        private Output output = new Output();

        History(Surroundings surroundings) {
            super(surroundings);
        }

        @Override
        int run(MeshConnection mesh) {
            List<PolicyChange> changes = mesh.history(service);
            switch (output.format()) {
                case TABLE -> table(changes).lines().forEach(this::say);
                case JSON -> say(Json.pretty(changes));
                case YAML -> surroundings().out().print(Yaml.text(changes));
            }
            return ExitStatus.DONE;
        }

        private static Table table(List<PolicyChange> changes) {
            Table table = new Table(">REV", "TIME", "CHANGE", ">CANDIDATE", "BY", "REASON");
            for (PolicyChange change : changes) {
                Weight candidate = change.candidateWeight();
                table.row(
                        Long.toString(change.revision()),
                        Words.clock(change.at()),
                        change.change().name().toLowerCase(Locale.ROOT),
                        candidate == null ? Words.NONE : candidate.toString(),
                        change.by(),
                        change.reason());
            }
            return table;
        }
    }

    /** {@code signalbox undo catalog}. */
    @Command(
            name = "undo",
            mixinStandardHelpOptions = true,
            description = "Takes back the newest change of a service's policy; again, the one before.")
    static final class Undo extends MeshCommand {

        @Parameters(paramLabel = "SERVICE", description = "Such as catalog.")
        private String service = "";

        @Option(names = "--reason", paramLabel = "TEXT", description = "Why; kept with the change.", defaultValue = "")
        private String reason = "";

        Undo(Surroundings surroundings) {
            super(surroundings);
        }

        @Override
        int run(MeshConnection mesh) {
            PolicyText now = mesh.undo(service, note(reason));
            say("policy of " + now.service() + " is rev " + now.revision() + ", as before its newest change");
            return ExitStatus.DONE;
        }
    }
}
