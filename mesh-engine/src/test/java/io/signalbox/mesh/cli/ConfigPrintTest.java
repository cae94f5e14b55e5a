package io.signalbox.mesh.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.mesh.client.RunningMesh;
import io.signalbox.mesh.client.RunningMeshes;
import io.signalbox.mesh.config.PolicyFormat;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConfigPrintTest {

    private static final String SECRET = "not-to-be-seen-by-anyone";

    @TempDir
    private Path folder;

    private final Terminal terminal = new Terminal();

    @BeforeEach
    void useAFolderOfItsOwn() {
        terminal.environment.put("XDG_RUNTIME_DIR", folder.toString());
    }

    @Test
    void theSchemaOfPoliciesIsPrintedAsItIs() {
        assertThat(terminal.run("config", "schema")).isZero();

        assertThat(terminal.out()).isEqualTo(PolicyFormat.schema()).contains("\"title\": \"TrafficPolicy");
    }

    @Test
    void withoutAnythingSetTheDefaultsHold() {
        assertThat(terminal.run("config", "print")).isZero();

        assertThat(rows())
                .containsExactly(
                        "SETTING VALUE FROM",
                        "connect - default",
                        "token-file - default",
                        "token - default",
                        "runtime-folder " + folder + "/signalbox $XDG_RUNTIME_DIR",
                        "color auto default",
                        "log-format text default",
                        "user mira operating system");
        assertThat(terminal.opened).isEmpty();
    }

    @Test
    void optionsOverrideTheEnvironmentWhichOverridesWhatRunsHere() throws IOException {
        publish();
        assertThat(terminal.run("config", "print")).isZero();
        assertThat(rows()).contains("connect http://127.0.0.1:4242 mesh corner-shop runs here");

        terminal.environment.put("SIGNALBOX_CONNECT", "http://127.0.0.1:1");
        terminal.run("config", "print");
        assertThat(rows()).contains("connect http://127.0.0.1:1 $SIGNALBOX_CONNECT");

        terminal.run("config", "print", "--connect", "http://127.0.0.1:2");
        assertThat(rows()).contains("connect http://127.0.0.1:2 --connect");
    }

    @Test
    void secretsAreMasked() throws IOException {
        Path token = publish();

        terminal.run("config", "print");
        terminal.run("config", "print", "-o", "json");
        terminal.run("config", "print", "--connect", "http://me:" + SECRET + "@127.0.0.1:1");
        terminal.run("config", "print", "--connect", "http://127.0.0.1:1,http://me:" + SECRET + "@127.0.0.1:2");

        assertThat(rows())
                .contains("token ******** token-file")
                .contains("token-file " + token + " mesh corner-shop runs here")
                .contains("connect http://********@127.0.0.1:1 --connect");
        assertThat(terminal.out()).doesNotContain(SECRET);
    }

    @Test
    void noColorIsSaid() {
        terminal.environment.put("NO_COLOR", "");
        terminal.run("config", "print");

        assertThat(rows()).contains("color off $NO_COLOR");
    }

    @Test
    void theFormatOfTheLogIsSaid() {
        terminal.environment.put("SIGNALBOX_LOG_FORMAT", "json");
        terminal.run("config", "print");

        assertThat(rows()).contains("log-format json $SIGNALBOX_LOG_FORMAT");
    }

    private Path publish() throws IOException {
        RunningMeshes meshes = new RunningMeshes(folder.resolve("signalbox"));
        Path token = meshes.tokenFile("corner-shop");
        meshes.publish(new RunningMesh(
                "corner-shop",
                URI.create("http://127.0.0.1:4242"),
                token,
                ProcessHandle.current().pid()));
        return Files.writeString(token, SECRET);
    }

    private List<String> rows() {
        return terminal.lines().stream().map(line -> line.replaceAll(" +", " ")).toList();
    }
}
