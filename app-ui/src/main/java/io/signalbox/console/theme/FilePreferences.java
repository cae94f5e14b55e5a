package io.signalbox.console.theme;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * Preferences in one properties file, read once and written whole, by a move, at each change.
 *
 * <p>Any thread may use it. A file that cannot be read counts as empty and one that cannot be written is left as it is:
 * the console works without.
 */
public final class FilePreferences implements Preferences {

    private static final System.Logger LOG = System.getLogger(FilePreferences.class.getName());
    private static final String VERSION_KEY = "version";

    private final Path file;

    @GuardedBy("this")
    private final Properties values = new Properties();

    public FilePreferences(Path file) {
        this.file = file;
        read();
    }

    /** The console's file in the user's configuration folder, by the XDG rules. */
    public static Path defaultFile(Map<String, String> environment, Path home) {
        String configured = environment.getOrDefault("XDG_CONFIG_HOME", "");
        Path config = configured.startsWith("/") ? Path.of(configured) : home.resolve(".config");
        return config.resolve("signalbox").resolve("console.properties");
    }

    @Override
    public synchronized Optional<String> get(String key) {
        return Optional.ofNullable(values.getProperty(key));
    }

    @Override
    public synchronized void put(String key, String value) {
        if (value.equals(values.setProperty(key, value))) {
            return;
        }
        values.setProperty(VERSION_KEY, "1");
        try {
            write();
        } catch (IOException failure) {
            LOG.log(System.Logger.Level.INFO, "preferences: not kept in {0}: {1}", file, failure.toString());
        }
    }

    private synchronized void read() {
        if (!Files.isRegularFile(file)) {
            return;
        }
        try (Reader reader = Files.newBufferedReader(file)) {
            values.load(reader);
        } catch (IOException | IllegalArgumentException failure) {
            values.clear();
            LOG.log(System.Logger.Level.INFO, "preferences: {0} is not readable: {1}", file, failure.toString());
        }
    }

    @GuardedBy("this")
    private void write() throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null) {
            throw new IOException("folder: none (expected: a folder above " + file + ")");
        }
        Files.createDirectories(folder);
        Path draft = Files.createTempFile(folder, "console", ".tmp");
        try {
            try (Writer writer = Files.newBufferedWriter(draft)) {
                values.store(writer, null);
            }
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(draft);
        }
    }
}
