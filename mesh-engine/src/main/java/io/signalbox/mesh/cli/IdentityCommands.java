package io.signalbox.mesh.cli;

import io.signalbox.mesh.client.MeshConnection;
import io.signalbox.mesh.client.RevokedIdentity;
import io.signalbox.mesh.client.json.Json;
import java.time.temporal.ChronoUnit;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code signalbox identity}: whose identity is taken from them. */
@Command(
        name = "identity",
        mixinStandardHelpOptions = true,
        description = "Takes a service's identity from it, and gives it back.")
final class IdentityCommands {

    /** {@code signalbox identity revoke SERVICE}. */
    @Command(
            name = "revoke",
            mixinStandardHelpOptions = true,
            description = "Signs nothing for a service any more, and tells every sidecar to believe it no more.",
            footer = {
                "",
                "Connections that are open stay open, and a sidecar that cannot be told believes what was signed until",
                "it ends: get certificates tells when."
            })
    static final class Revoke extends MeshCommand {

        @Parameters(paramLabel = "SERVICE")
        private String service = "";

        @Option(names = "--reason", paramLabel = "TEXT", description = "Why; kept with it.", defaultValue = "")
        private String reason = "";

        Revoke(Surroundings surroundings) {
            super(surroundings);
        }

        @Override
        int run(MeshConnection mesh) {
            RevokedIdentity revoked = mesh.trust().revokeIdentity(service, note(reason));
            say("identity " + revoked.service() + " is revoked");
            return ExitStatus.DONE;
        }
    }

    /** {@code signalbox identity restore SERVICE}. */
    @Command(
            name = "restore",
            mixinStandardHelpOptions = true,
            description = "Signs for a service again, and lets it be believed.")
    static final class Restore extends MeshCommand {

        @Parameters(paramLabel = "SERVICE")
        private String service = "";

        @Option(names = "--reason", paramLabel = "TEXT", description = "Why; in the audit log.", defaultValue = "")
        private String reason = "";

        Restore(Surroundings surroundings) {
            super(surroundings);
        }

        @Override
        int run(MeshConnection mesh) {
            RevokedIdentity restored = mesh.trust().restoreIdentity(service, note(reason));
            say("identity " + restored.service() + " is restored");
            return ExitStatus.DONE;
        }
    }

    /** {@code signalbox identity list}. */
    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "Lists the services whose identity is revoked.")
    static final class ListRevoked extends MeshCommand {

        @Mixin
        private Output output = new Output();

        ListRevoked(Surroundings surroundings) {
            super(surroundings);
        }

        @Override
        int run(MeshConnection mesh) {
            List<RevokedIdentity> revoked = mesh.trust().revokedIdentities();
            switch (output.format()) {
                case TABLE -> table(revoked).lines().forEach(this::say);
                case JSON -> say(Json.pretty(revoked));
                case YAML -> surroundings().out().print(Yaml.text(revoked));
            }
            return ExitStatus.DONE;
        }

        private static Table table(List<RevokedIdentity> revoked) {
            Table table = new Table("SERVICE", "REVOKED", "BY", "REASON");
            revoked.forEach(identity -> table.row(
                    identity.service(),
                    identity.at().truncatedTo(ChronoUnit.SECONDS).toString(),
                    identity.by(),
                    identity.reason()));
            return table;
        }
    }
}
