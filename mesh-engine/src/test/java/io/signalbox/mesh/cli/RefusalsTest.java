package io.signalbox.mesh.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.mesh.client.MeshException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

final class RefusalsTest {

    private final Terminal terminal = new Terminal();

    @ParameterizedTest
    @EnumSource(MeshException.Kind.class)
    void eachKindOfRefusalHasItsStatusAndOneLine(MeshException.Kind kind) {
        terminal.mesh.refusal = new MeshException(kind, "service: nope (expected: catalog)\nsecond line");

        assertThat(terminal.run("undo", "nope"))
                .isEqualTo(
                        switch (kind) {
                            case INVALID -> 2;
                            case NOT_FOUND -> 4;
                            case CONFLICT -> 5;
                            case UNAVAILABLE -> 69;
                            case FORBIDDEN, FAILED -> 1;
                        });
        assertThat(terminal.errors()).containsExactly("signalbox: service: nope (expected: catalog)");
        assertThat(terminal.out()).isEmpty();
        assertThat(terminal.mesh.closed).isTrue();
    }

    @Test
    void withoutAMeshTheHintSaysHowToStartOne() {
        terminal.noMesh = new MeshException(MeshException.Kind.UNAVAILABLE, "mesh: none runs here (expected: one)");

        assertThat(terminal.run("get", "services")).isEqualTo(ExitStatus.UNAVAILABLE);
        assertThat(terminal.errors()).containsExactly("signalbox: mesh: none runs here (expected: one)");
    }

    @ParameterizedTest
    @CsvSource({
        "brekaer,                    breaker",
        "breaker opne a:b,           open",
        "get services --outptu json, --output",
    })
    void aTypoIsAnsweredWithWhatWasMeant(String command, String meant) {
        assertThat(terminal.run(command.split(" ", -1))).isEqualTo(ExitStatus.USAGE);

        assertThat(terminal.errors())
                .anySatisfy(
                        line -> assertThat(line).startsWith("Did you mean: ").contains(meant));
        assertThat(terminal.errors().getLast()).startsWith("See: signalbox").endsWith("--help");
        assertThat(terminal.opened).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "breaker", "fault", "canary", "config", "instance"})
    void aCommandThatIsMissingIsUsage(String command) {
        String[] arguments = command.isEmpty() ? new String[0] : new String[] {command};

        assertThat(terminal.run(arguments)).isEqualTo(ExitStatus.USAGE);
        assertThat(terminal.errors()).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "get everything, what: everything (expected: services | instances",
        "get services -o xml, output: xml (expected: table | json | yaml)",
    })
    void aWordThatIsNotOneOfThemIsRefusedWithAllOfThem(String command, String why) {
        assertThat(terminal.run(command.split(" ", -1))).isEqualTo(ExitStatus.USAGE);
        assertThat(terminal.errors().getFirst()).contains(why);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nowhere", "127.0.0.1:9090", "ftp://127.0.0.1", "http://", "http://a b"})
    void anAddressThatIsNoneIsUsage(String address) {
        assertThat(terminal.run("get", "services", "--connect", address)).isEqualTo(ExitStatus.USAGE);

        assertThat(terminal.errors())
                .containsExactly("signalbox: connect: " + address + " (expected: a URL such as http://127.0.0.1:9090)");
        assertThat(terminal.opened).isEmpty();
    }

    @Test
    void theEnvironmentNamesAMeshAndOptionsOverrideIt() {
        terminal.environment.put("SIGNALBOX_CONNECT", "http://127.0.0.1:1");
        terminal.environment.put("SIGNALBOX_TOKEN_FILE", "env.token");

        terminal.run("get", "services");
        terminal.run("get", "services", "--connect", "http://127.0.0.1:2", "--token-file", "own.token");

        assertThat(terminal.opened).isEqualTo(List.of("http://127.0.0.1:1 env.token", "http://127.0.0.1:2 own.token"));
    }

    @Test
    void anEmptyVariableNamesNothing() {
        terminal.environment.put("SIGNALBOX_CONNECT", "");

        assertThat(terminal.run("get", "services")).isZero();
        assertThat(terminal.opened).containsExactly("here own token");
    }

    @Test
    void everyCommandExplainsItself() {
        everyCommand(terminal.commandLine(), List.of()).forEach(path -> {
            Terminal fresh = new Terminal();
            String[] arguments =
                    Stream.concat(path.stream(), Stream.of("--help")).toArray(String[]::new);

            assertThat(fresh.run(arguments)).as("%s --help", path).isZero();
            assertThat(fresh.out())
                    .as("%s --help", path)
                    .startsWith(("Usage: signalbox " + String.join(" ", path)).strip());
            assertThat(fresh.errors()).isEmpty();
        });
    }

    @Test
    void theTopOfTheHelpNamesTheExitStatuses() {
        terminal.run("--help");

        assertThat(terminal.out())
                .contains("Exit status: 0 done, 1 failed, 2 usage")
                .contains("breaker", "check");
    }

    @Test
    void noColorTurnsColorsOff() {
        assertThat(terminal.commandLine().getColorScheme().ansi()).isEqualTo(CommandLine.Help.Ansi.AUTO);

        terminal.environment.put("NO_COLOR", "1");

        assertThat(terminal.commandLine().getSubcommands().values())
                .allSatisfy(
                        command -> assertThat(command.getColorScheme().ansi()).isEqualTo(CommandLine.Help.Ansi.OFF));
    }

    @Test
    void versionNamesWhatWasBuiltAndWhatItRunsOn() {
        assertThat(terminal.run("version")).isZero();

        assertThat(terminal.lines()).hasSize(3);
        assertThat(terminal.lines().getFirst()).matches("signalbox \\d+\\.\\d+\\.\\d+.*");
        assertThat(terminal.lines().get(1)).startsWith("commit ").doesNotContain("$");
        assertThat(terminal.lines().getLast()).startsWith("java " + Runtime.version());
    }

    private static List<List<String>> everyCommand(CommandLine line, List<String> path) {
        List<List<String>> all = new ArrayList<>(List.of(path));
        line.getSubcommands().forEach((name, command) -> {
            List<String> longer = new ArrayList<>(path);
            longer.add(name);
            all.addAll(everyCommand(command, longer));
        });
        return all;
    }
}
