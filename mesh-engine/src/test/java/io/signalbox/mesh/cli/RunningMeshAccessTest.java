package io.signalbox.mesh.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.mesh.client.MeshConnection;
import io.signalbox.mesh.client.MeshException;
import io.signalbox.mesh.client.RunningMesh;
import io.signalbox.mesh.client.RunningMeshes;
import io.signalbox.mesh.config.AccessToken;
import io.signalbox.mesh.model.InvalidValueException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RunningMeshAccessTest {

    private static final URI HERE = URI.create("http://127.0.0.1:4242");
    private static final URI ELSEWHERE = URI.create("http://127.0.0.1:4343");

    @TempDir
    private Path folder;

    private RunningMeshes meshes = new RunningMeshes(Path.of("unset"));
    private MeshAccess access = (url, token) -> new FakeMesh();

    @BeforeEach
    void lookInAFolderOfItsOwn() {
        meshes = new RunningMeshes(folder);
        access = new RunningMeshAccess(meshes, new SplittableRandom(1));
    }

    @Test
    void withoutAMeshTheRefusalSaysWhatToStart() {
        assertThatThrownBy(() -> access.open(Optional.empty(), Optional.empty()))
                .isInstanceOfSatisfying(
                        MeshException.class, e -> assertThat(e.kind()).isEqualTo(MeshException.Kind.UNAVAILABLE))
                .hasMessage("mesh: none runs here (expected: one started with signalbox or signalbox demo"
                        + " --headless, or --connect URL)");
    }

    @Test
    void theMeshThatRunsHereIsFoundWithItsToken() {
        run(HERE);

        try (MeshConnection mesh = access.open(Optional.empty(), Optional.empty())) {
            assertThat(mesh.address()).isEqualTo(HERE.toString());
        }
    }

    @Test
    void anAddressOfAMeshThatRunsHereNeedsNoToken() {
        run(HERE);

        try (MeshConnection mesh = access.open(Optional.of(HERE), Optional.empty())) {
            assertThat(mesh.address()).isEqualTo(HERE.toString());
        }
    }

    @Test
    void aTokenIsNeverSentToAnotherAddress() {
        run(HERE);

        assertThatThrownBy(() -> access.open(Optional.of(ELSEWHERE), Optional.empty()))
                .isInstanceOfSatisfying(
                        MeshException.class, e -> assertThat(e.kind()).isEqualTo(MeshException.Kind.FORBIDDEN))
                .hasMessageContaining("--token-file FILE for " + ELSEWHERE);
    }

    @Test
    void ofSeveralAddressesNoneGetsATokenThatWasNotNamed() {
        run(HERE);

        assertThatThrownBy(() -> access.open(List.of(HERE, ELSEWHERE), Optional.empty(), Optional.empty()))
                .isInstanceOfSatisfying(
                        MeshException.class, e -> assertThat(e.kind()).isEqualTo(MeshException.Kind.FORBIDDEN));
    }

    @Test
    void ofSeveralAddressesEachMustKeepTheTokenSecret() {
        run(HERE);
        Optional<Path> token = Optional.of(meshes.tokenFile("corner-shop"));

        assertThatThrownBy(
                        () -> access.open(List.of(HERE, URI.create("http://mesh.test:9090")), token, Optional.empty()))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("http://mesh.test:9090");
    }

    @Test
    void aTokenFileThatIsMissingIsNamed() {
        Path missing = folder.resolve("missing");

        assertThatThrownBy(() -> access.open(Optional.of(ELSEWHERE), Optional.of(missing)))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("token-file: " + missing + " (expected: a file that can be read)");
    }

    private void run(URI url) {
        Path token = meshes.tokenFile("corner-shop");
        AccessToken.generate(new SplittableRandom(1)).write(token);
        meshes.publish(new RunningMesh(
                "corner-shop", url, token, ProcessHandle.current().pid()));
    }
}
