package io.signalbox.shop.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.shop.InParallel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFolderTest {

    /** No system gives a process such a number. */
    private static final long GONE = 99_999_999_999L;

    @TempDir
    private Path parent;

    @Test
    void itLiesInTheUsersStateFolder() {
        assertThat(RunFolder.ofUser(Map.of(), Path.of("/home/mira")))
                .isEqualTo(Path.of("/home/mira/.local/state/signalbox/demo"));
        assertThat(RunFolder.ofUser(Map.of("XDG_STATE_HOME", "/var/own"), Path.of("/home/mira")))
                .isEqualTo(Path.of("/var/own/signalbox/demo"));
    }

    @Test
    void whatAnEarlierRunLeftIsRemovedAndWhatRunsOrIsNoRunStays() throws IOException {
        long here = ProcessHandle.current().pid();
        Path over = Files.createDirectories(parent.resolve(Long.toString(GONE)).resolve("sidecars"));
        Files.writeString(over.resolve("cart-1.yaml"), "");
        Path running = Files.createDirectory(parent.resolve(Long.toString(here)));
        Path other = Files.createDirectory(parent.resolve("notes"));

        Path fresh = RunFolder.fresh(parent, GONE + 1);

        assertThat(parent).isDirectoryContaining(fresh::equals);
        assertThat(over.getParent()).doesNotExist();
        assertThat(running).exists();
        assertThat(other).exists();
    }

    @Test
    void ofAnEarlierProcessOfTheSameNumberNothingIsLeft() throws IOException {
        Files.writeString(RunFolder.fresh(parent, GONE).resolve("old.log"), "");

        assertThat(RunFolder.fresh(parent, GONE)).isEmptyDirectory();
    }

    @Test
    void runsThatStartAtOnceMayRemoveTheSameOldFolder() throws IOException {
        for (int round = 0; round < 10; round++) {
            Path old = Files.createDirectories(parent.resolve(Long.toString(GONE)));
            for (int i = 0; i < 100; i++) {
                Files.createDirectories(old.resolve("sidecar-" + i).resolve("keys"));
            }

            InParallel.each(List.of(1L, 2L, 3L, 4L), run -> RunFolder.fresh(parent, GONE + run));

            assertThat(old).doesNotExist();
        }
    }
}
