package io.signalbox.console.profiles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.mesh.client.MeshException;
import io.signalbox.mesh.model.InvalidValueException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EncryptedTokensTest {

    private static final String TOKEN = "a-token-that-nobody-may-read";

    @TempDir
    private Path folder;

    @Test
    void aTokenComesBackInTheNextRunWithTheSamePassphrase() throws IOException {
        EncryptedTokens tokens = tokens();
        tokens.open("correct horse");
        tokens.write("shop", TOKEN);
        assertThat(Files.readString(file())).doesNotContain(TOKEN, "correct horse");

        EncryptedTokens later = tokens();
        later.open("correct horse");
        assertThat(later.read("shop")).contains(TOKEN);
        later.delete("shop");
        assertThat(later.read("shop")).isEmpty();
    }

    @Test
    void anotherPassphraseIsRefusedBeforeAnythingIsWritten() throws IOException {
        EncryptedTokens tokens = tokens();
        tokens.open("correct horse");
        String before = Files.readString(file());
        assertThatThrownBy(() -> tokens().open("wrong horse!"))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageNotContaining("wrong horse!");
        assertThat(file()).hasContent(before);
    }

    @Test
    void aTokenThatWasMovedToAnotherNameDoesNotOpen() throws IOException {
        EncryptedTokens tokens = tokens();
        tokens.open("correct horse");
        tokens.write("test", TOKEN);
        Files.writeString(file(), Files.readString(file()).replace("\"test\"", "\"prod\""));
        assertThatThrownBy(() -> tokens.read("prod")).isInstanceOf(InvalidValueException.class);
    }

    @Test
    void withoutAPassphraseNothingIsRead() {
        assertThatThrownBy(() -> tokens().read("shop")).isInstanceOf(MeshException.class);
    }

    @Test
    void aDamagedFileIsRefusedAndKept() throws IOException {
        Files.writeString(file(), "{\"version\": 7}");
        assertThatThrownBy(() -> tokens().open("correct horse")).isInstanceOf(InvalidValueException.class);
        assertThat(file()).hasContent("{\"version\": 7}");
    }

    private Path file() {
        return folder.resolve("tokens.json");
    }

    private EncryptedTokens tokens() {
        return new EncryptedTokens(file(), new SecureRandom());
    }
}
