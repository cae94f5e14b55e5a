package io.signalbox.mesh.cli;

import io.signalbox.mesh.client.MeshConnection;
import io.signalbox.mesh.client.MeshConnection.PolicyText;
import io.signalbox.mesh.client.MeshException;
import io.signalbox.mesh.client.PolicyNotes;
import io.signalbox.mesh.config.InvalidDocumentException;
import io.signalbox.mesh.config.LineDiff;
import io.signalbox.mesh.config.PolicyFormat;
import io.signalbox.mesh.lint.LintFinding;
import io.signalbox.mesh.lint.MeshLint;
import io.signalbox.mesh.model.DurationText;
import io.signalbox.mesh.model.TrafficPolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Policies as files. */
final class PolicyCommands {

    private PolicyCommands() {}

    /** {@code signalbox apply -f policy.yaml}. */
    @Command(
            name = "apply",
            mixinStandardHelpOptions = true,
            description = "Puts the policies of a file in force; an invalid file is refused whole.")
    static final class Apply extends MeshCommand {

        @Option(
                names = {"-f", "--file"},
                paramLabel = "FILE",
                required = true,
                description = "YAML or JSON, several documents allowed; - reads the standard input.")
        private Path file = Path.of("-");

        @Option(names = "--dry-run", description = "Only checks; needs no mesh.")
        private boolean dryRun;

        @Option(names = "--reason", paramLabel = "TEXT", description = "Why; kept with the change.", defaultValue = "")
        private String reason = "";

        @Option(
                names = "--confirm-within",
                paramLabel = "TIME",
                description =
                        "Takes the change back after this time, 1s to 24h, unless signalbox confirm lets it stand."
                                + " Kept by the control plane, whatever becomes of this terminal.")
        private @Nullable String confirmWithin;

        Apply(Surroundings surroundings) {
            super(surroundings);
        }

        /** A check needs no mesh. */
        @Override
        public Integer call() throws Exception {
            if (!dryRun) {
                return super.call();
            }
            List<TrafficPolicy> candidates = policies(file);
            candidates.forEach(policy -> say("policy of " + policy.service() + " is valid"));
            tell(this, new MeshLint(List.of(), candidates).findings());
            surroundings().out().flush();
            return ExitStatus.DONE;
        }

        @Override
        int run(MeshConnection mesh) {
            List<TrafficPolicy> candidates = policies(file);
            PolicyNotes notes = new PolicyNotes(mesh);
            notes.unread()
                    .forEach((service, why) ->
                            say("note: the policy of " + service + " cannot be read, so it is not looked at: " + why));
            tell(this, notes.with(candidates));
            if (confirmWithin == null) {
                put(this, mesh, candidates, reason);
                return ExitStatus.DONE;
            }
            Duration within = DurationText.parse("confirm-within", confirmWithin);
            put(this, mesh.confirming(within), candidates, reason);
            candidates.forEach(policy -> say("it is taken back in " + DurationText.format(within)
                    + " unless: signalbox confirm " + policy.service()));
            return ExitStatus.DONE;
        }
    }

    /** {@code signalbox diff -f policy.yaml}. */
    @Command(
            name = "diff",
            mixinStandardHelpOptions = true,
            description = "Shows what a file would change; exit status 0 when nothing, 3 when something.")
    static final class Diff extends MeshCommand {

        @Option(
                names = {"-f", "--file"},
                paramLabel = "FILE",
                required = true,
                description = "YAML or JSON, several documents allowed; - reads the standard input.")
        private Path file = Path.of("-");

        Diff(Surroundings surroundings) {
            super(surroundings);
        }

        @Override
        int run(MeshConnection mesh) {
            int status = ExitStatus.DONE;
            for (TrafficPolicy policy : policies(file)) {
                PolicyText now = mesh.policy(policy.service());
                List<String> changes = LineDiff.of(
                        now.yaml().lines().toList(),
                        PolicyFormat.yaml(policy).lines().toList());
                if (!changes.isEmpty()) {
                    say("--- " + policy.service() + " rev " + now.revision());
                    say("+++ " + file);
                    changes.forEach(this::say);
                    status = ExitStatus.DID_NOT_HOLD;
                }
            }
            return status;
        }
    }

    /** {@code signalbox delete SERVICE}. */
    @Command(
            name = "delete",
            mixinStandardHelpOptions = true,
            description = "Lets the defaults hold for a service again.")
    static final class Delete extends MeshCommand {

        @Parameters(paramLabel = "SERVICE", description = "Such as catalog.")
        private String service = "";

        @Option(names = "--reason", paramLabel = "TEXT", description = "Why; kept with the change.", defaultValue = "")
        private String reason = "";

        Delete(Surroundings surroundings) {
            super(surroundings);
        }

        @Override
        int run(MeshConnection mesh) {
            mesh.deletePolicy(service, note(reason));
            say("policy of " + service + " deleted; the defaults hold");
            return ExitStatus.DONE;
        }
    }

    /** Puts one policy after the other in force, and says so. */
    static void put(MeshCommand command, MeshConnection mesh, List<TrafficPolicy> candidates, String reason) {
        for (TrafficPolicy policy : candidates) {
            PolicyText put = mesh.putPolicy(PolicyFormat.yaml(policy), command.note(reason));
            command.say("policy of " + put.service() + " is rev " + put.revision());
        }
    }

    private static void tell(MeshCommand command, List<LintFinding> findings) {
        findings.forEach(finding ->
                command.say("note: " + finding.rule().wireName() + ": " + finding.found() + "; " + finding.fix()));
    }

    /** Every policy of a file; a refusal names the file beside line and column. */
    private static List<TrafficPolicy> policies(Path file) {
        return requireValid(file, DocumentFile.read(file));
    }

    /** Every policy of the text of a file, refused the same way. */
    static List<TrafficPolicy> requireValid(Path file, String text) {
        try {
            return PolicyFormat.readAll(text);
        } catch (InvalidDocumentException e) {
            throw new MeshException(MeshException.Kind.INVALID, file + ": " + e.getMessage());
        }
    }
}
