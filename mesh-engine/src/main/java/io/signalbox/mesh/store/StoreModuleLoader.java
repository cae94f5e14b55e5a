package io.signalbox.mesh.store;

import java.net.URL;
import java.net.URLClassLoader;
import java.util.List;

/**
 * Loads a module from jars of its own, and shares with the program only its own packages and the log: the libraries below
 * both may differ in version.
 */
final class StoreModuleLoader extends URLClassLoader {

    private static final List<String> SHARED = List.of("io.signalbox.mesh.", "org.slf4j.");

    private final ClassLoader program;

    StoreModuleLoader(String name, List<URL> jars, ClassLoader program) {
        super("store-" + name, jars.toArray(URL[]::new), getPlatformClassLoader());
        this.program = program;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        return SHARED.stream().anyMatch(name::startsWith) ? program.loadClass(name) : super.findClass(name);
    }
}
