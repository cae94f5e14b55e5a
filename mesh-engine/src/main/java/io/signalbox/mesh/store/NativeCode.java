package io.signalbox.mesh.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where SQLite's driver unpacks its native code: {@code native} in the store's folder.
 *
 * <p>In the temporary folder of the system, where it does so by itself, each process that was killed would leave a copy
 * for ever.
 */
final class NativeCode {

    private static final Logger log = LoggerFactory.getLogger(NativeCode.class);
    private static final String FOLDER = "native";
    private static final String DRIVERS_SETTING = "org.sqlite.tmpdir";

    private NativeCode() {}

    /** The folder must be locked: what is there already is of a process that is gone. */
    static void unpackIn(Path folder) {
        Path own = folder.resolve(FOLDER);
        try {
            Files.createDirectories(own);
            for (Path left : files(own)) {
                Files.deleteIfExists(left);
            }
        } catch (IOException e) {
            log.warn("{} could not be emptied", own, e);
        }
        System.setProperty(DRIVERS_SETTING, own.toAbsolutePath().toString());
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }
}
