package io.signalbox.shop.process;

import java.io.File;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * How this program starts itself again as another process: with the Java and the class path that it runs by, whoever
 * started it, and with memory for a small part alone.
 *
 * @param command without the part's name
 * @param classPath empty where the command needs none
 */
record Program(List<String> command, String classPath) {

    /** The word by which the program knows that it is to be a part of a demo. */
    static final String WORD = "demo-process";

    /**
     * An instance and its sidecar live on little. Two thirds of what a process takes is not heap: the second compiler
     * alone, whose code pays off after minutes of load, would cost 20 MB in each.
     */
    private static final List<String> MEMORY = List.of(
            "-XX:+UseSerialGC",
            "-XX:+UseCompactObjectHeaders",
            "-XX:TieredStopAtLevel=1",
            "-Xms12m",
            "-Xmn6m",
            "-Xmx192m",
            "-XX:MinHeapFreeRatio=5",
            "-XX:MaxHeapFreeRatio=10",
            "-XX:-ShrinkHeapInSteps");

    /** Found on the JVM of an installed program, so that its parts start as it does. */
    private static final String CACHE = "-XX:AOTCache=";

    Program {
        command = List.copyOf(command);
    }

    /** @param mainClass takes {@link #WORD} as its first argument */
    static Program current(String mainClass, Map<String, String> environment) {
        return of(
                mainClass,
                System.getProperties(),
                ManagementFactory.getRuntimeMXBean().getInputArguments(),
                environment);
    }

    static Program of(String mainClass, Properties system, List<String> jvmArguments, Map<String, String> environment) {
        Path java = Path.of(system.getProperty("java.home"), "bin", File.separatorChar == '\\' ? "java.exe" : "java");
        if (!Files.isExecutable(java)) {
            String launcher = Optional.ofNullable(system.getProperty("jpackage.app-path"))
                    .orElseThrow(() -> new IllegalStateException(
                            "multi-process: " + java + " (expected: a Java that can be started)"));
            return new Program(List.of(launcher, WORD), "");
        }
        List<String> command = new ArrayList<>(unstopped());
        command.add(java.toString());
        command.addAll(MEMORY);
        jvmArguments.stream().filter(word -> word.startsWith(CACHE)).forEach(command::add);
        command.add("--enable-native-access=ALL-UNNAMED");
        command.addAll(words(environment.getOrDefault("SIGNALBOX_JAVA_OPTS", "")));
        command.add(mainClass);
        command.add(WORD);
        return new Program(command, classPath(system));
    }

    ProcessBuilder builder(String name) {
        List<String> line = new ArrayList<>(command);
        line.add(name);
        ProcessBuilder builder = new ProcessBuilder(line);
        if (!classPath.isEmpty()) {
            builder.environment().put("CLASSPATH", classPath);
        }
        return builder;
    }

    /** A terminal's Ctrl+C reaches every process; these end when the one that started them does, and not before. */
    private static List<String> unstopped() {
        Path shell = Path.of("/bin/sh");
        return Files.isExecutable(shell)
                ? List.of(shell.toString(), "-c", "trap '' INT; exec \"$@\"", "signalbox")
                : List.of();
    }

    private static String classPath(Properties system) {
        List<String> parts = new ArrayList<>(List.of(system.getProperty("java.class.path")));
        Stream.of(system.getProperty("jdk.module.path", "").split(File.pathSeparator))
                .filter(folder -> !folder.isBlank())
                .map(folder -> folder + File.separator + "*")
                .forEach(parts::add);
        return String.join(File.pathSeparator, parts);
    }

    private static List<String> words(String text) {
        return Stream.of(text.strip().split("\\s+"))
                .filter(word -> !word.isEmpty())
                .toList();
    }
}
