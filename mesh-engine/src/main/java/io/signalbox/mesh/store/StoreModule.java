package io.signalbox.mesh.store;

import io.signalbox.mesh.time.Ticker;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * A kind of store that comes as a module of its own, since what it is built on is heavy.
 *
 * <p>Its jars lie in a folder of its name beside those of the program, on nobody's class path: only who asks for it loads
 * them.
 */
public interface StoreModule {

    /** As {@code --store} has it. */
    String name();

    /**
     * Opens it, and waits until it answers.
     *
     * @throws StoreException when it cannot be reached or lets nobody in
     */
    Store open(SharedStore where, Ticker ticker);

    /** Opens one that several control planes share, by the only module there is for that. */
    static Store shared(SharedStore where, Ticker ticker) {
        return find("etcd").open(where, ticker);
    }

    /**
     * The module of a name.
     *
     * @throws StoreException when it is not there
     */
    static StoreModule find(String name) {
        return in(StoreModule.class.getClassLoader(), name)
                .or(() -> in(beside(name), name))
                .orElseThrow(() -> new StoreException("store: " + name + " (expected: the folder " + name
                        + " with the jars of store-" + name + " beside those of the program)"));
    }

    private static Optional<StoreModule> in(ClassLoader loader, String name) {
        return ServiceLoader.load(StoreModule.class, loader).stream()
                .map(ServiceLoader.Provider::get)
                .filter(module -> module.name().equals(name))
                .findFirst();
    }

    /** Lives as long as the store, which is as long as the process. */
    private static ClassLoader beside(String name) {
        List<URL> jars = new ArrayList<>();
        try {
            CodeSource here = StoreModule.class.getProtectionDomain().getCodeSource();
            Path folder = Path.of(here.getLocation().toURI()).resolveSibling(name);
            if (Files.isDirectory(folder)) {
                try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.jar")) {
                    for (Path file : files) {
                        jars.add(file.toUri().toURL());
                    }
                }
            }
        } catch (IOException | URISyntaxException e) {
            throw new StoreException("store: " + name + " (expected: its jars to be readable)", e);
        }
        return new StoreModuleLoader(name, jars, StoreModule.class.getClassLoader());
    }
}
