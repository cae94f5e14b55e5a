package io.signalbox.mesh.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.mesh.client.MeshException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CheckTest {

    @TempDir
    private Path folder;

    private final Terminal terminal = new Terminal();

    @BeforeEach
    void useAFolderOfItsOwn() {
        terminal.environment.put("XDG_RUNTIME_DIR", folder.toString());
    }

    @Test
    void allChecksAreNumberedAndHoldWhereAMeshAnswers() {
        assertThat(terminal.run("check")).isZero();

        assertThat(terminal.lines()).hasSize(9);
        assertThat(terminal.lines().get(1)).startsWith(" 1  ok     java");
        assertThat(terminal.out())
                .contains("corner-shop at http://127.0.0.1:9090 answers, 2 services")
                .contains("1 looked at, nothing to note")
                .contains(folder + "/signalbox, to be made")
                .endsWith("nothing failed\n");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aPolicyThatCannotBeReadIsANote() {
        terminal.mesh.unreadable = "apiVersion: signalbox.io/v9";

        assertThat(terminal.run("check")).isZero();
        assertThat(terminal.out())
                .contains("policy-unread", "that of catalog cannot be read: line 1, column 13: apiVersion: ")
                .contains("(expected: signalbox.io/v1)");
    }

    @Test
    void withoutAMeshTheCheckFailsWithAHint() {
        terminal.noMesh = new MeshException(MeshException.Kind.UNAVAILABLE, "mesh: none runs here");

        assertThat(terminal.run("check")).isEqualTo(3);

        assertThat(terminal.lines())
                .anySatisfy(line -> assertThat(line)
                        .startsWith(" 4  failed  mesh")
                        .contains("mesh: none runs here", "start one: signalbox demo --headless"));
        assertThat(terminal.lines().getLast()).isEqualTo("1 of 6 failed");
    }

    @Test
    void aWrongTokenHasAHintOfItsOwn() {
        terminal.mesh.refusal = new MeshException(MeshException.Kind.FORBIDDEN, "token: wrong");

        assertThat(terminal.run("check", "--connect", "http://127.0.0.1:9090")).isEqualTo(3);
        assertThat(terminal.out()).contains("--token-file FILE");
        assertThat(terminal.mesh.closed).isTrue();
    }

    @Test
    void anAddressThatIsNoneFailsItsCheckOnly() {
        assertThat(terminal.run("check", "--connect", "nowhere")).isEqualTo(3);
        assertThat(terminal.out()).contains("connect: nowhere").contains("1 of 6 failed");
    }

    @Test
    void anOldJavaFails() {
        assertThat(Checks.java(Runtime.Version.parse("21.0.2")))
                .isEqualTo(Finding.fails("java", "21.0.2", "install a JDK 25 or newer and set JAVA_HOME"));
        assertThat(Checks.java(Runtime.Version.parse("25")).outcome()).isEqualTo(Finding.Outcome.OK);
    }

    @Test
    void aFolderBehindAFileCannotBeMade() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));

        assertThat(Checks.runtimeFolder(file.resolve("signalbox")).outcome()).isEqualTo(Finding.Outcome.FAILED);
        assertThat(Checks.runtimeFolder(folder)).isEqualTo(Finding.holds("runtime-folder", folder.toString()));
    }

    @Test
    void loopbackLetsPortsBeOpened() {
        assertThat(Checks.loopback().outcome()).isEqualTo(Finding.Outcome.OK);
    }

    @Test
    void aMissingDisplayIsANoteAndNoFailure() {
        assertThat(Checks.display(Map.of("DISPLAY", " "), "Linux").outcome()).isEqualTo(Finding.Outcome.NOTE);
        assertThat(Checks.display(Map.of("DISPLAY", ":1"), "Linux")).isEqualTo(Finding.holds("display", ":1"));
        assertThat(Checks.display(Map.of("WAYLAND_DISPLAY", "wayland-0"), "Linux")
                        .found())
                .isEqualTo("wayland-0");
        assertThat(Checks.display(Map.of(), "Mac OS X").outcome()).isEqualTo(Finding.Outcome.OK);
    }

    @Test
    void fontsAreLookedForInFolders() throws IOException {
        List<Path> places = List.of(folder.resolve("missing"), folder);
        assertThat(Checks.fonts(places, "Linux").outcome()).isEqualTo(Finding.Outcome.NOTE);

        Files.createFile(Files.createDirectory(folder.resolve("truetype")).resolve("Sans.TTF"));

        assertThat(Checks.fonts(places, "Linux")).isEqualTo(Finding.holds("fonts", "in " + folder));
    }
}
