package io.signalbox.mesh.cli;

import io.signalbox.mesh.client.MeshConnection;
import io.signalbox.mesh.client.NewToken;
import io.signalbox.mesh.client.TokenInfo;
import io.signalbox.mesh.client.TokenRequest;
import io.signalbox.mesh.client.TokenScope;
import io.signalbox.mesh.client.json.Json;
import io.signalbox.mesh.config.PrivateFile;
import io.signalbox.mesh.model.DurationText;
import io.signalbox.mesh.model.InvalidValueException;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code signalbox token}: who may ask a control plane for what. */
@Command(
        name = "token",
        mixinStandardHelpOptions = true,
        description = "Makes, lists and ends the tokens of a control plane of its own.")
final class TokenCommands {

    /** {@code signalbox token create --scope operate --for 8h}. */
    @Command(
            name = "create",
            mixinStandardHelpOptions = true,
            description = "Makes a token and writes it, alone on a line; it cannot be shown again.",
            footer = {
                "",
                "Scopes: read what is true; operate policies, shares and circuits too; admin all of it, and tokens;",
                "sidecar:SERVICE joins, renews and leaves for that service, and nothing else."
            })
    static final class Create extends MeshCommand {

        @Option(
                names = "--scope",
                paramLabel = "SCOPE",
                required = true,
                description = "read, operate, admin or sidecar:SERVICE.")
        private String scope = "";

        @Option(
                names = "--for",
                paramLabel = "TIME",
                description = "How long, such as 8h or 30m. Needed, but for --once, which is " + ONCE + ".")
        private @Nullable String lifetime;

        @Option(
                names = "--name",
                paramLabel = "WHO",
                description = "In the list and in the audit log; used once for ever. Default: one is made up.")
        private @Nullable String name;

        @Option(names = "--once", description = "Good for one certificate, with the scope sidecar:SERVICE.")
        private boolean once;

        @Option(
                names = "--out",
                paramLabel = "FILE",
                description = "Write it there, for the owner alone, and not to the terminal.")
        private @Nullable Path out;

        @Option(names = "--reason", paramLabel = "TEXT", description = "Why; kept with the token.", defaultValue = "")
        private String reason = "";

        private static final String ONCE = "1h";

        Create(Surroundings surroundings) {
            super(surroundings);
        }

        /** Whoever joins does so soon; whoever works says how long. */
        private String lifetime() {
            if (lifetime != null) {
                return lifetime;
            }
            InvalidValueException.unless(once, "for", "nothing", "how long, such as 8h");
            return ONCE;
        }

        @Override
        int run(MeshConnection mesh) {
            TokenRequest request = new TokenRequest(
                    Optional.ofNullable(name),
                    TokenScope.parse(scope),
                    DurationText.parse("for", lifetime()),
                    once ? TokenInfo.Uses.ONCE : TokenInfo.Uses.MANY);
            NewToken made = mesh.trust().createToken(request, note(reason));
            if (out == null) {
                say(made.token());
            } else {
                PrivateFile.write(out, made.token() + "\n");
            }
            TokenInfo info = made.info();
            surroundings()
                    .err()
                    .println("token " + info.name() + ": " + info.scope() + ", until "
                            + info.expiresAt().truncatedTo(ChronoUnit.SECONDS)
                            + (out == null ? "; it is not shown again" : "; it is in " + out));
            surroundings().err().flush();
            return ExitStatus.DONE;
        }
    }

    /** {@code signalbox token list}. */
    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "Lists every token that was made, without what it takes to use it.")
    static final class ListTokens extends MeshCommand {

        @Mixin
        private Output output = new Output();

        ListTokens(Surroundings surroundings) {
            super(surroundings);
        }

        @Override
        int run(MeshConnection mesh) {
            List<TokenInfo> tokens = mesh.trust().tokens();
            switch (output.format()) {
                case TABLE -> table(tokens).lines().forEach(this::say);
                case JSON -> say(Json.pretty(tokens));
                case YAML -> surroundings().out().print(Yaml.text(tokens));
            }
            return ExitStatus.DONE;
        }

        private static Table table(List<TokenInfo> tokens) {
            Table table = new Table("NAME", "SCOPE", "STATE", "USES", "UNTIL", "BY", "REASON");
            tokens.forEach(token -> table.row(
                    token.name(),
                    token.scope(),
                    token.state().name().toLowerCase(Locale.ROOT),
                    token.uses().name().toLowerCase(Locale.ROOT),
                    token.expiresAt().truncatedTo(ChronoUnit.SECONDS).toString(),
                    token.by(),
                    token.reason()));
            return table;
        }
    }

    /** {@code signalbox token revoke NAME}. */
    @Command(
            name = "revoke",
            mixinStandardHelpOptions = true,
            description = "Ends a token at once, and the renewal of certificates that were got by it.")
    static final class Revoke extends MeshCommand {

        @Parameters(paramLabel = "NAME", description = "As token list tells it.")
        private String name = "";

        @Option(names = "--reason", paramLabel = "TEXT", description = "Why; kept with it.", defaultValue = "")
        private String reason = "";

        Revoke(Surroundings surroundings) {
            super(surroundings);
        }

        @Override
        int run(MeshConnection mesh) {
            TokenInfo info = mesh.trust().revokeToken(name, note(reason));
            say("token " + info.name() + " is revoked");
            return ExitStatus.DONE;
        }
    }
}
