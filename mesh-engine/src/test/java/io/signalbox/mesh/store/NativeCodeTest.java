package io.signalbox.mesh.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.util.LibraryLoaderUtil;

final class NativeCodeTest {

    private static final FileTime LONG_AGO = FileTime.from(Instant.parse("2020-02-02T02:02:02Z"));

    @TempDir
    private Path folder;

    private Path library;
    private byte[] unpacked = {};

    @BeforeEach
    void unpack() throws IOException {
        NativeCode.unpackIn(folder);
        library = folder.resolve("native").resolve(LibraryLoaderUtil.getNativeLibName());
        unpacked = Files.readAllBytes(library);
        Files.setLastModifiedTime(library, LONG_AGO);
    }

    @Test
    void whatIsThereAlreadyNeedsNoRoom() throws IOException {
        NativeCode.unpackIn(folder);

        assertThat(Files.getLastModifiedTime(library)).isEqualTo(LONG_AGO);
    }

    @Test
    void whatWasCutOffIsUnpackedAgain() throws IOException {
        Files.write(library, Arrays.copyOf(unpacked, unpacked.length / 2));

        NativeCode.unpackIn(folder);

        assertThat(Files.readAllBytes(library)).isEqualTo(unpacked);
    }

    @Test
    void whatAnotherDriverLeftIsRemoved() throws IOException {
        Files.writeString(library.resolveSibling("sqlite-3.40-libsqlitejdbc.so"), "of another version");

        NativeCode.unpackIn(folder);

        assertThat(folder.resolve("native").toFile().list())
                .containsExactly(library.getFileName().toString());
    }
}
