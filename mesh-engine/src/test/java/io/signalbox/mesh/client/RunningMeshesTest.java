package io.signalbox.mesh.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RunningMeshesTest {

    private static final long OWN = ProcessHandle.current().pid();
    private static final long NOBODY = Integer.MAX_VALUE;
    private static final Path HOME = Path.of("/home/mira");

    @TempDir
    private Path base;

    private RunningMeshes meshes = new RunningMeshes(Path.of("unset"));

    @BeforeEach
    void useAFolderOfItsOwn() {
        meshes = new RunningMeshes(base.resolve("signalbox"));
    }

    @Test
    void aPublishedMeshIsFound() {
        RunningMesh shop = mesh("corner-shop", OWN);

        meshes.publish(shop);

        assertThat(meshes.running()).containsExactly(shop);
        assertThat(meshes.folder().resolve("corner-shop.json")).isRegularFile();
    }

    @Test
    void aFolderThatIsNotThereHoldsNoMesh() {
        assertThat(meshes.running()).isEmpty();
        assertThat(meshes.folder()).doesNotExist();
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void folderAndFilesAreForTheirOwnerAlone() throws IOException {
        meshes.publish(mesh("corner-shop", OWN));

        assertThat(permissions(meshes.folder())).isEqualTo("rwx------");
        assertThat(permissions(meshes.folder().resolve("corner-shop.json"))).isEqualTo("rw-------");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aFolderThatOthersMayReadIsClosedToThem() throws IOException {
        Files.createDirectory(meshes.folder());
        Files.setPosixFilePermissions(meshes.folder(), PosixFilePermissions.fromString("rwxr-xr-x"));

        meshes.publish(mesh("corner-shop", OWN));

        assertThat(permissions(meshes.folder())).isEqualTo("rwx------");
    }

    @Test
    void aFileIsReplacedWholeAndNothingElseIsLeft() throws IOException {
        meshes.publish(mesh("corner-shop", OWN));
        RunningMesh moved =
                new RunningMesh("corner-shop", URI.create("http://127.0.0.1:2"), meshes.tokenFile("corner-shop"), OWN);

        meshes.publish(moved);

        assertThat(meshes.running()).containsExactly(moved);
        assertThat(names()).containsExactly("corner-shop.json");
    }

    @Test
    void aNameThatARunningMeshHasGetsANumber() {
        assertThat(meshes.freeName("corner-shop")).isEqualTo("corner-shop");

        meshes.publish(mesh("corner-shop", OWN));
        meshes.publish(mesh("corner-shop-2", OWN));
        meshes.publish(mesh("gone", NOBODY));

        assertThat(meshes.freeName("corner-shop")).isEqualTo("corner-shop-3");
        assertThat(meshes.freeName("gone")).isEqualTo("gone");
    }

    @Test
    void aTokenThatIsKeptElsewhereStays() throws IOException {
        Path token = Files.writeString(base.resolve("token"), "kept");
        RunningMesh shop = new RunningMesh("corner-shop", URI.create("http://127.0.0.1:1"), token, OWN);
        meshes.publish(shop);

        meshes.withdraw(shop);

        assertThat(meshes.running()).isEmpty();
        assertThat(token).hasContent("kept");
    }

    @Test
    void theYoungestComesFirst() throws IOException {
        meshes.publish(mesh("older", OWN));
        meshes.publish(mesh("younger", OWN));
        Files.setLastModifiedTime(
                meshes.folder().resolve("older.json"), FileTime.from(Instant.parse("2026-01-01T00:00:00Z")));

        assertThat(meshes.running()).extracting(RunningMesh::name).containsExactly("younger", "older");
    }

    @Test
    void whatADeadProcessLeftIsIgnoredAndLookingRemovesNothing() throws IOException {
        meshes.publish(mesh("gone", NOBODY));

        assertThat(meshes.running()).isEmpty();
        assertThat(names()).containsExactly("gone.json");
    }

    @Test
    void whatADeadProcessLeftIsRemovedWithTheNextWord() throws IOException {
        RunningMesh gone = mesh("gone", NOBODY);
        meshes.publish(gone);
        Files.writeString(gone.tokenFile(), "secret");

        meshes.publish(mesh("corner-shop", OWN));

        assertThat(names()).containsExactly("corner-shop.json");
    }

    @Test
    void aTokenOutsideTheFolderIsNoneOfItsBusiness() throws IOException {
        Path token = Files.writeString(base.resolve("precious"), "secret");
        meshes.publish(new RunningMesh("gone", URI.create("http://127.0.0.1:1"), token, NOBODY));

        meshes.publish(mesh("corner-shop", OWN));

        assertThat(token).exists();
    }

    @Test
    void aTokenThatIsInUseAgainStays() throws IOException {
        RunningMesh gone = mesh("corner-shop", NOBODY);
        meshes.publish(gone);
        Files.writeString(gone.tokenFile(), "the next one's");

        meshes.publish(mesh("corner-shop", OWN));

        assertThat(gone.tokenFile()).hasContent("the next one's");
    }

    @Test
    void withdrawingTakesBackWordAndToken() throws IOException {
        RunningMesh shop = mesh("corner-shop", OWN);
        meshes.publish(shop);
        Files.writeString(shop.tokenFile(), "secret");

        meshes.withdraw(shop);
        meshes.withdraw(shop);

        assertThat(names()).isEmpty();
    }

    @Test
    void whatAnotherProcessPublishedSinceStays() throws IOException {
        RunningMesh first = mesh("corner-shop", OWN);
        RunningMesh second = new RunningMesh("corner-shop", URI.create("http://127.0.0.1:2"), first.tokenFile(), OWN);
        meshes.publish(first);
        meshes.publish(second);
        Files.writeString(first.tokenFile(), "of the second");

        meshes.withdraw(first);

        assertThat(meshes.running()).containsExactly(second);
        assertThat(first.tokenFile()).exists();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "null",
                "{}",
                "{\"pid\": 1}",
                "{\"name\": \"UPPER\", \"url\": \"http://a\", \"tokenFile\": \"t\", \"pid\": 1}",
                "{\"name\": \"a\", \"url\": \"not a url\", \"tokenFile\": \"t\", \"pid\": 1}",
                "{\"name\": \"a\", \"url\": \"http://a\", \"tokenFile\": \"t\", \"pid\": \"one\"}"
            })
    void aMalformedFileIsIgnored(String text) throws IOException {
        RunningMesh shop = mesh("corner-shop", OWN);
        meshes.publish(shop);
        Files.writeString(meshes.folder().resolve("broken.json"), text);

        assertThat(meshes.running()).containsExactly(shop);
    }

    @Test
    void fieldsOfLaterVersionsAreLeftOut() throws IOException {
        meshes.publish(mesh("corner-shop", OWN));
        Path file = meshes.folder().resolve("corner-shop.json");
        Files.writeString(file, Files.readString(file).replaceFirst("\\{", "{\"ca\": \"ca.pem\","));

        assertThat(meshes.running()).hasSize(1);
    }

    @Test
    void aPlaceThatCannotBeWrittenIsNamed() throws IOException {
        Path file = Files.createFile(base.resolve("file"));

        assertThatThrownBy(() -> new RunningMeshes(file.resolve("signalbox")).publish(mesh("corner-shop", OWN)))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining(file.toString());
    }

    @Test
    void theRuntimeFolderOfTheUserIsUsedAndElseTheStateFolder() {
        assertThat(RunningMeshes.ofUser(Map.of("XDG_RUNTIME_DIR", "/run/user/7"), HOME)
                        .folder())
                .isEqualTo(Path.of("/run/user/7/signalbox"));
        assertThat(RunningMeshes.ofUser(Map.of("XDG_RUNTIME_DIR", " ", "XDG_STATE_HOME", "/state"), HOME)
                        .folder())
                .isEqualTo(Path.of("/state/signalbox/run"));
        assertThat(RunningMeshes.ofUser(Map.of(), HOME).folder())
                .isEqualTo(Path.of("/home/mira/.local/state/signalbox/run"));
    }

    private RunningMesh mesh(String name, long pid) {
        return new RunningMesh(name, URI.create("http://127.0.0.1:1"), meshes.tokenFile(name), pid);
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(meshes.folder())) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
