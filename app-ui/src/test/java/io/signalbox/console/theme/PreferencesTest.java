package io.signalbox.console.theme;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreferencesTest {

    @TempDir
    Path folder;

    @Test
    void whatWasPutIsThereInTheNextRun() {
        Path file = folder.resolve("signalbox/console.properties");
        new FilePreferences(file).put("theme", "light");
        assertThat(new FilePreferences(file).get("theme")).contains("light");
    }

    @Test
    void aFileThatIsNoPropertiesFileCountsAsEmpty() throws IOException {
        Path file = folder.resolve("console.properties");
        Files.writeString(file, "theme=\\u00zz");
        assertThat(new FilePreferences(file).get("theme")).isEmpty();
    }

    @Test
    void aFolderThatCannotBeWrittenIsNoFailure() throws IOException {
        Path blocked = Files.writeString(folder.resolve("file"), "");
        FilePreferences preferences = new FilePreferences(blocked.resolve("console.properties"));
        preferences.put("theme", "dark");
        assertThat(preferences.get("theme")).contains("dark");
    }

    @Test
    void noDraftIsLeftBeside() throws IOException {
        Path file = folder.resolve("console.properties");
        FilePreferences preferences = new FilePreferences(file);
        preferences.put("a", "1");
        preferences.put("a", "2");
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void theFileLiesWhereXdgSays() {
        Path home = Path.of("/home/mira");
        assertThat(FilePreferences.defaultFile(Map.of("XDG_CONFIG_HOME", "/etc/mine"), home))
                .isEqualTo(Path.of("/etc/mine/signalbox/console.properties"));
        assertThat(FilePreferences.defaultFile(Map.of("XDG_CONFIG_HOME", "relative"), home))
                .isEqualTo(Path.of("/home/mira/.config/signalbox/console.properties"));
        assertThat(FilePreferences.defaultFile(Map.of(), home))
                .isEqualTo(Path.of("/home/mira/.config/signalbox/console.properties"));
    }
}
