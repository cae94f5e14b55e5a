package io.signalbox.mesh.cli;

import io.signalbox.mesh.client.AuthorityInfo;
import io.signalbox.mesh.client.MeshConnection;
import io.signalbox.mesh.client.json.Json;
import io.signalbox.mesh.model.DurationText;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code signalbox ca}: the root that a control plane of its own signs with. */
@Command(
        name = "ca",
        mixinStandardHelpOptions = true,
        description = "Shows the roots of a mesh, and lets a new one take the place of the old one.")
final class AuthorityCommands {

    /** {@code signalbox ca status}. */
    @Command(
            name = "status",
            mixinStandardHelpOptions = true,
            description = "Shows the roots of the mesh, and how far a roll is.")
    static final class Status extends MeshCommand {

        @Mixin
        private Output output = new Output();

        Status(Surroundings surroundings) {
            super(surroundings);
        }

        @Override
        int run(MeshConnection mesh) {
            AuthorityInfo info = mesh.trust().authority();
            switch (output.format()) {
                case TABLE -> {
                    table(info).lines().forEach(this::say);
                    say(story(info));
                }
                case JSON -> say(Json.pretty(info));
                case YAML -> surroundings().out().print(Yaml.text(info));
            }
            return ExitStatus.DONE;
        }

        private static Table table(AuthorityInfo info) {
            Table table = new Table("ROOT", "ROLE", "UNTIL");
            info.roots()
                    .forEach(root -> table.row(
                            root.fingerprint(), root.role().name().toLowerCase(Locale.ROOT), seconds(root.notAfter())));
            return table;
        }
    }

    /** {@code signalbox ca roll}. */
    @Command(
            name = "roll",
            mixinStandardHelpOptions = true,
            description = "Lets a new root take the place of the old one, without a call that fails.",
            footer = {
                "",
                "First every sidecar is told to believe the new one too; then it signs; and the old one goes when all",
                "that it signed has ended. Copy ca.pem anew to where commands are called from before that."
            })
    static final class Roll extends MeshCommand {

        @Option(
                names = "--overlap",
                paramLabel = "TIME",
                defaultValue = "24h",
                description = "How long the old one is believed at least. Default: ${DEFAULT-VALUE}.")
        private String overlap = "";

        @Option(names = "--reason", paramLabel = "TEXT", description = "Why; kept in the audit log.", defaultValue = "")
        private String reason = "";

        Roll(Surroundings surroundings) {
            super(surroundings);
        }

        @Override
        int run(MeshConnection mesh) {
            say(story(mesh.trust().rollAuthority(DurationText.parse("overlap", overlap), note(reason))));
            return ExitStatus.DONE;
        }
    }

    private static String story(AuthorityInfo info) {
        Instant until = info.oldUntil();
        return switch (info.phase()) {
            case STEADY -> "no roll is under way";
            case TELLING ->
                "roll: all are told to believe the new root; it signs when the holders of " + info.waitingFor()
                        + " certificates know it, or those have ended";
            case SIGNING ->
                "roll: the new root signs; the old one goes when " + info.waitingFor()
                        + " certificates have ended, and not before " + (until == null ? "that" : seconds(until));
        };
    }

    private static String seconds(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
