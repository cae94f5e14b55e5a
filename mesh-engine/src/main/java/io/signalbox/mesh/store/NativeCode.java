package io.signalbox.mesh.store;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.util.LibraryLoaderUtil;

/**
 * The native code of SQLite's driver: {@code native} in the store's folder, unpacked once.
 *
 * <p>By itself the driver unpacks it at each start into the temporary folder of the system, where each process that was
 * killed would leave a copy for ever, and where it finds no room when the disk is full: just then the store must open.
 */
final class NativeCode {

    private static final Logger log = LoggerFactory.getLogger(NativeCode.class);
    private static final String FOLDER = "native";
    private static final String DRIVERS_SETTING = "org.sqlite.lib.path";

    private NativeCode() {}

    /** The folder must be locked: what else is there is of a process that is gone, or of another driver. */
    static void unpackIn(Path folder) {
        Path own = folder.resolve(FOLDER);
        Path library = own.resolve(LibraryLoaderUtil.getNativeLibName());
        try {
            byte[] code = code();
            Files.createDirectories(own);
            for (Path left : files(own)) {
                if (!left.equals(library)) {
                    Files.deleteIfExists(left);
                }
            }
            if (!holds(library, code)) {
                name(own.resolve("half"), code, library);
            }
            System.setProperty(DRIVERS_SETTING, own.toAbsolutePath().toString());
        } catch (IOException e) {
            // Another store of this process may have named a folder that is gone by now.
            System.clearProperty(DRIVERS_SETTING);
            log.warn("SQLite's native code could not be unpacked in {}, but perhaps in a temporary folder", own, e);
        }
    }

    /** Whole or not at all: on a full disk half of it would take the room that is missing. */
    private static void name(Path half, byte[] code, Path library) throws IOException {
        try {
            Path _ = Files.write(half, code);
            Path _ = Files.move(half, library, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            boolean _ = Files.deleteIfExists(half);
        }
    }

    private static byte[] code() throws IOException {
        String name = LibraryLoaderUtil.getNativeLibResourcePath() + "/" + LibraryLoaderUtil.getNativeLibName();
        try (InputStream code = LibraryLoaderUtil.class.getResourceAsStream(name)) {
            if (code == null) {
                throw new FileNotFoundException(name);
            }
            return code.readAllBytes();
        }
    }

    private static boolean holds(Path library, byte[] code) throws IOException {
        return Files.exists(library) && Arrays.equals(Files.readAllBytes(library), code);
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }
}
