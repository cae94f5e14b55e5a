package io.signalbox.mesh.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * The right to a folder that one process has at a time: a lock on {@code store.lock}, in which it leaves its number.
 *
 * <p>The system lets go of the lock when the process ends, however it ends; the file stays.
 */
public final class FolderLock implements AutoCloseable {

    private static final String NAME = "store.lock";

    private final FileChannel channel;

    private FolderLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Makes the folder when it is missing, for its owner alone.
     *
     * @throws StoreException when another process has it, or it cannot be used
     */
    public static FolderLock take(Path folder) {
        Path file = folder.resolve(NAME);
        FileChannel channel;
        try {
            OwnerOnly.folder(folder);
            channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new StoreException(
                    "data: " + folder + " (expected: a folder where this user may write: " + e + ")", e);
        }
        try {
            if (lock(channel) == null) {
                String holder = Files.readString(file).strip();
                channel.close();
                throw new StoreException("data: " + folder + " (expected: a folder that no other process uses; process "
                        + (holder.isEmpty() ? "unknown" : holder) + " does)");
            }
            channel.truncate(0);
            channel.write(ByteBuffer.wrap((ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.UTF_8)));
            return new FolderLock(channel);
        } catch (IOException e) {
            closeQuietly(channel);
            throw new StoreException("file: " + file + " (expected: one that can be locked: " + e + ")", e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new StoreException("lock: cannot be given back (expected: an open file)", e);
        }
    }

    private static void closeQuietly(FileChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            // what went wrong before it is told
        }
    }

    private static @Nullable FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }
}
