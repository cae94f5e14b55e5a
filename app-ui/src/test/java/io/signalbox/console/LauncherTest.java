package io.signalbox.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.mesh.cli.MeshAccess;
import io.signalbox.mesh.client.MeshException;
import io.signalbox.shop.demo.MeshFactory;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LauncherTest {

    private static final MeshAccess NO_MESH = (url, token) -> {
        throw new MeshException(MeshException.Kind.UNAVAILABLE, "mesh: none runs here");
    };
    private static final MeshFactory UNWANTED = (layout, port) -> {
        throw new AssertionError("no mesh is to be started");
    };
    private static final MeshFactory REFUSED = (layout, port) -> {
        throw new IllegalStateException("no mesh today");
    };

    private final PrintStream systemOut = System.out;
    private final PrintStream systemErr = System.err;
    private final Optional<String> platform = Optional.ofNullable(System.getProperty("glass.platform"));
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void listen() {
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void restore() {
        System.setOut(systemOut);
        System.setErr(systemErr);
        platform.ifPresent(name -> System.setProperty("glass.platform", name));
    }

    @Test
    void versionIsSaid() {
        assertThat(run("version")).isZero();

        assertThat(text(out).lines()).hasSize(3).first().asString().startsWith("signalbox ");
        assertThat(text(err)).isEmpty();
    }

    @Test
    void anUnknownCommandIsUsageWithASuggestion() {
        assertThat(run("consoel")).isEqualTo(2);

        assertThat(text(err)).contains("'consoel'", "Did you mean: ", "console");
        assertThat(text(out)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"console", "demo", "generate-completion", "get", "check"})
    void theProgramsOwnCommandsStandBesideTheEngines(String command) {
        assertThat(run(command, "--help")).isZero();
        assertThat(text(out)).startsWith("Usage: signalbox " + command);
    }

    @Test
    void withoutAMeshCommandsExitAsUnavailable() {
        assertThat(run("get", "services")).isEqualTo(69);
        assertThat(text(err)).isEqualTo("signalbox: mesh: none runs here" + System.lineSeparator());
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void withoutADisplayTheConsoleIsRefusedBeforeAnythingStarts() {
        System.setProperty("glass.platform", "");

        assertThat(run("console")).isEqualTo(69);
        assertThat(text(err)).startsWith("signalbox: display: none (expected: DISPLAY or WAYLAND_DISPLAY");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void withoutADisplayAndWithoutArgumentsTheDemoRunsHeadless() {
        System.setProperty("glass.platform", "");

        assertThat(withoutArguments(Map.of(), REFUSED)).isEqualTo(1);
        assertThat(text(err))
                .contains("display: none")
                .contains("running demo --headless instead")
                .contains("signalbox demo: no mesh today");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void withoutADisplayTheDemoIsRefusedBeforeAnythingStarts() {
        System.setProperty("glass.platform", "");

        assertThat(run("demo")).isEqualTo(69);
        assertThat(text(err)).startsWith("signalbox: display: none (expected: DISPLAY or WAYLAND_DISPLAY");
    }

    @Test
    void theEnvironmentNamesTheMeshToAttachTo() {
        Map<String, String> environment = Map.of("DISPLAY", ":0", "SIGNALBOX_CONNECT", "http://127.0.0.1:1");

        assertThat(withoutArguments(environment, UNWANTED)).isEqualTo(69);
        assertThat(text(err)).isEqualTo("signalbox: mesh: none runs here" + System.lineSeparator());
    }

    @Test
    void anAddressThatIsNoneIsUsage() {
        assertThat(execute(Map.of("DISPLAY", ":0"), "console", "--connect", "nowhere"))
                .isEqualTo(2);
        assertThat(text(err)).startsWith("signalbox: connect: nowhere (expected: a URL such as");
    }

    private static Desktop desktop(Map<String, String> environment) {
        return new Desktop(environment, UNWANTED);
    }

    private static int run(String... arguments) {
        return execute(Map.of(), arguments);
    }

    private static int execute(Map<String, String> environment, String... arguments) {
        return Launcher.commandLine(Launcher.surroundings(environment, NO_MESH), desktop(environment), UNWANTED)
                .execute(arguments);
    }

    private static int withoutArguments(Map<String, String> environment, MeshFactory meshes) {
        return Launcher.withoutArguments(
                Launcher.surroundings(environment, NO_MESH), new Desktop(environment, meshes), meshes);
    }

    private static String text(ByteArrayOutputStream stream) {
        return stream.toString(StandardCharsets.UTF_8);
    }
}
