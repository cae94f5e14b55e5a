package io.signalbox.mesh.store;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * Copies of a store's file: made from one that may be in use, and put where there is none yet. A copy is whole and on the
 * disk before it has its name.
 */
public final class StoreCopy {

    private static final String DRAFT = ".part";

    private StoreCopy() {}

    /**
     * Copies what a folder's store holds at one moment.
     *
     * @param file must not be there yet
     */
    public static void backUp(Path folder, Path file) {
        Path store = folder.resolve(SqliteFile.NAME);
        if (!Files.isRegularFile(store)) {
            throw new StoreException("store: " + store + " (expected: a store that a control plane made)");
        }
        if (Files.exists(file)) {
            throw new StoreException("file: " + file + " (expected: one that is not there yet)");
        }
        Path draft = draft(file);
        try {
            Files.deleteIfExists(draft);
            OwnerOnly.file(draft);
            SqliteFile.copy(store, draft);
            name(draft, file);
        } catch (IOException e) {
            throw new StoreException("file: " + file + " (expected: a place that can be written: " + e + ")", e);
        } finally {
            delete(draft);
        }
    }

    /** Puts a copy into a folder that has no store and that no process uses. An older format is brought up to date. */
    public static void restore(Path file, Path folder) {
        if (!Files.isRegularFile(file)) {
            throw new StoreException("file: " + file + " (expected: a backup that can be read)");
        }
        try (FolderLock _ = FolderLock.take(folder)) {
            Path store = folder.resolve(SqliteFile.NAME);
            if (Files.exists(store)) {
                throw new StoreException(
                        "store: " + store + " (expected: none yet; move it away with its -wal and -shm first)");
            }
            NativeCode.unpackIn(folder);
            Path draft = draft(store);
            try {
                Files.deleteIfExists(draft);
                OwnerOnly.file(draft);
                try (OutputStream out = Files.newOutputStream(draft)) {
                    Files.copy(file, out);
                }
                SqliteFile.open(draft, Migrations.ALL, List.of()).close();
                name(draft, store);
            } catch (IOException e) {
                throw new StoreException("store: " + store + " (expected: a place that can be written: " + e + ")", e);
            } finally {
                delete(draft);
            }
        }
    }

    private static Path draft(Path file) {
        return file.resolveSibling(file.getFileName() + DRAFT);
    }

    private static void name(Path draft, Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void delete(Path draft) {
        try {
            Files.deleteIfExists(draft);
        } catch (IOException e) {
            throw new StoreException("file: " + draft + " (expected: one that can be deleted)", e);
        }
    }
}
