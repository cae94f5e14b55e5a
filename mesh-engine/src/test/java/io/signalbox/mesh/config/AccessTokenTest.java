package io.signalbox.mesh.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessTokenTest {

    private final AccessToken token = AccessToken.generate(new Random(1));

    @Test
    void aTokenHolds256BitsAndKeepsThemToItself() {
        assertThat(token.text()).hasSize(43).doesNotContain("=");
        assertThat(token.toString()).doesNotContain(token.text());
        assertThat(AccessToken.generate(new Random(2)).text()).isNotEqualTo(token.text());
    }

    @Test
    void onlyItsOwnTextMatches() {
        assertThat(token.matches(token.text())).isTrue();
        assertThat(token.matches(token.text() + "x")).isFalse();
        assertThat(token.matches("")).isFalse();
    }

    @Test
    void itsFileIsForItsOwnerAlone(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("a/b/token");
        token.write(file);
        token.write(file);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(AccessToken.read(file).matches(token.text())).isTrue();
        assertThat(file.getParent()).isNotNull().isDirectoryNotContaining("glob:**.tmp");
    }

    @Test
    void aFileWithoutATokenIsRefused(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("token");
        assertThatThrownBy(() -> AccessToken.read(file)).hasMessageContaining("a file that can be read");
        Files.writeString(file, "short\n");
        assertThatThrownBy(() -> AccessToken.read(file)).hasMessageContaining("one token of at least 16 characters");
    }
}
