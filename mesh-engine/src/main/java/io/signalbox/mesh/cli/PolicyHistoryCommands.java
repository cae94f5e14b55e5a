package io.signalbox.mesh.cli;

import io.signalbox.mesh.client.AuditEntry;
import io.signalbox.mesh.client.MeshConnection;
import io.signalbox.mesh.client.MeshConnection.PolicyText;
import io.signalbox.mesh.client.PolicyChange;
import io.signalbox.mesh.client.json.Json;
import io.signalbox.mesh.model.InvalidValueException;
import io.signalbox.mesh.model.Weight;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
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
            description = {
                "Shows who changed a service's policy, when and why, newest first; without a service, who changed"
                        + " anything in the mesh: policies, shares, circuits, drains, and what drives a demo."
            })
    static final class History extends MeshCommand {

        private static final int LONGEST = 60;

        @Parameters(paramLabel = "SERVICE", arity = "0..1", description = "Such as catalog.")
        private String service = "";

        @Option(
                names = "--limit",
                paramLabel = "N",
                defaultValue = "50",
                description = "Of the whole mesh, at most so many. Default: ${DEFAULT-VALUE}.")
        private int limit;

        @Option(
                names = "--before",
                paramLabel = "NUMBER",
                description = "Of the whole mesh, only changes before that one: the next page.")
        private long before = Long.MAX_VALUE;

        @Mixin
        private Output output = new Output();

        History(Surroundings surroundings) {
            super(surroundings);
        }

        @Override
        int run(MeshConnection mesh) {
            if (service.isEmpty()) {
                InvalidValueException.unless(limit > 0, "limit", limit, "> 0");
                List<AuditEntry> entries = mesh.audit(before, limit);
                show(audited(entries), entries);
            } else {
                List<PolicyChange> changes = mesh.history(service);
                show(table(changes), changes);
            }
            return ExitStatus.DONE;
        }

        private void show(Table table, Object all) {
            switch (output.format()) {
                case TABLE -> table.lines().forEach(this::say);
                case JSON -> say(Json.pretty(all));
                case YAML -> surroundings().out().print(Yaml.text(all));
            }
        }

        private static Table audited(List<AuditEntry> entries) {
            Table table = new Table(">NUMBER", "TIME", "WHAT", "OF", "BY", "REASON", "CHANGE");
            for (AuditEntry entry : entries) {
                table.row(
                        Long.toString(entry.sequence()),
                        Words.clock(entry.at()),
                        entry.kind().name().toLowerCase(Locale.ROOT),
                        entry.subject(),
                        entry.by(),
                        entry.reason(),
                        oneLine(entry.change()));
            }
            return table;
        }

        /** Whole in JSON and YAML; a table shows how it begins. */
        private static String oneLine(String change) {
            String line = change.lines().map(String::strip).collect(Collectors.joining(" "));
            return line.length() <= LONGEST ? line : line.substring(0, LONGEST - 1) + "…";
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
