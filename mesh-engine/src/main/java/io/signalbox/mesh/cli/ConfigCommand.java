package io.signalbox.mesh.cli;

import io.signalbox.mesh.client.RunningMesh;
import io.signalbox.mesh.client.RunningMeshes;
import io.signalbox.mesh.client.json.Json;
import io.signalbox.mesh.config.PolicyFormat;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code signalbox config}: the values that hold. */
@Command(
        name = "config",
        mixinStandardHelpOptions = true,
        description = "Shows the settings that hold, and the schema of policies.",
        synopsisSubcommandLabel = "COMMAND")
final class ConfigCommand {

    /** {@code signalbox config schema}. */
    @Command(
            name = "schema",
            mixinStandardHelpOptions = true,
            description = "Prints the JSON Schema of traffic policies, for an editor.",
            footer = {
                "",
                "With the YAML language server, a file's first line may be",
                "# yaml-language-server: $schema=FILE"
            })
    static final class Schema implements Callable<Integer> {

        private final Surroundings surroundings;

        Schema(Surroundings surroundings) {
            this.surroundings = surroundings;
        }

        @Override
        public Integer call() {
            surroundings.out().print(PolicyFormat.schema());
            surroundings.out().flush();
            return ExitStatus.DONE;
        }
    }

    /** {@code signalbox config print}. */
    @Command(
            name = "print",
            mixinStandardHelpOptions = true,
            description = "Every setting, its value and where it came from; secrets are masked.",
            footer = {"", "Options override the environment, which overrides files, which override defaults."})
    static final class Print implements Callable<Integer> {

        private static final String MASK = "********";

        private final Surroundings surroundings;

        @Mixin
        private ConnectOptions connect = new ConnectOptions();

        @Mixin
        private Output output = new Output();

        Print(Surroundings surroundings) {
            this.surroundings = surroundings;
        }

        @Override
        public Integer call() {
            List<Setting> settings = settings();
            switch (output.format()) {
                case TABLE -> table(settings).lines().forEach(surroundings.out()::println);
                case JSON -> surroundings.out().println(Json.pretty(settings));
                case YAML -> surroundings.out().print(Yaml.text(settings));
            }
            surroundings.out().flush();
            return ExitStatus.DONE;
        }

        private List<Setting> settings() {
            Map<String, String> environment = surroundings.environment();
            RunningMeshes meshes = surroundings.runningMeshes();
            Setting url = connect.connect(environment);
            Optional<RunningMesh> here = meshes.running().stream()
                    .filter(mesh ->
                            url.given().map(mesh.url().toString()::equals).orElse(true))
                    .findFirst();
            String origin =
                    here.map(mesh -> "mesh " + mesh.name() + " runs here").orElse("");
            Setting tokenFile = connect.tokenFile(environment)
                    .or(here.map(mesh -> mesh.tokenFile().toString()).orElse(null), origin);
            return List.of(
                    masked(url.or(here.map(mesh -> mesh.url().toString()).orElse(null), origin)),
                    tokenFile,
                    token(tokenFile),
                    new Setting("runtime-folder", meshes.folder().toString(), folderOrigin(environment)),
                    environment.containsKey("NO_COLOR")
                            ? new Setting("color", "off", "$NO_COLOR")
                            : new Setting("color", "auto", Setting.BY_DEFAULT),
                    Setting.of("log-format", null, "", environment, LogOptions.VARIABLE)
                            .or("text", Setting.BY_DEFAULT),
                    new Setting("user", surroundings.user(), "operating system"));
        }

        /** A name and a password within an address are nobody's business. */
        private static Setting masked(Setting url) {
            String shown = url.value();
            return shown == null
                    ? url
                    : new Setting(url.name(), shown.replaceAll("//[^/@]*@", "//" + MASK + "@"), url.origin());
        }

        private static Setting token(Setting tokenFile) {
            String file = tokenFile.value();
            return file != null && Files.isReadable(Path.of(file))
                    ? new Setting("token", MASK, "token-file")
                    : new Setting("token", null, file == null ? Setting.BY_DEFAULT : "token-file cannot be read");
        }

        private static String folderOrigin(Map<String, String> environment) {
            return set(environment.get("XDG_RUNTIME_DIR"))
                    ? "$XDG_RUNTIME_DIR"
                    : set(environment.get("XDG_STATE_HOME")) ? "$XDG_STATE_HOME" : Setting.BY_DEFAULT;
        }

        private static boolean set(@Nullable String text) {
            return text != null && !text.isBlank();
        }

        private static Table table(List<Setting> settings) {
            Table table = new Table("SETTING", "VALUE", "FROM");
            settings.forEach(
                    setting -> table.row(setting.name(), setting.given().orElse(Words.NONE), setting.origin()));
            return table;
        }
    }
}
