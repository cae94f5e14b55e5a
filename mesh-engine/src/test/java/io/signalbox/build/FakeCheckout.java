package io.signalbox.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A folder with the real launch script, one source file, and a Maven and JDKs that only write down what they were asked.
 *
 * <p>Its PATH holds the few POSIX tools the script needs and nothing else, so no JDK or Maven of this machine is seen.
 */
final class FakeCheckout {

    private static final List<String> TOOLS = List.of(
            "sh", "cat", "cp", "date", "dirname", "find", "grep", "head", "ls", "mkdir", "mv", "rm", "sed", "sleep",
            "sort", "tail", "touch");

    private static final String MAVEN = """
        #!/bin/sh
        echo build >>builds
        sleep ${BUILD_SECONDS:-0}
        if [ -e broken ]; then echo '[ERROR] Shop.java:[3,5] cannot find symbol'; exit 1; fi
        mkdir -p app-ui/target/lib
        echo jar >app-ui/target/app-ui-0.1.0.jar
        echo jar >app-ui/target/lib/mesh-engine-0.1.0.jar
        echo jar >app-ui/target/lib/javafx-base-26.0.2.jar
        echo jar >app-ui/target/lib/javafx-base-26.0.2-linux.jar
        """;

    private static final String JAVA = """
        #!/bin/sh
        case ${1:-} in *PlainJars.java) exit 0 ;; esac
        echo "java of ${0%/bin/java}"
        for argument in "$@"; do echo "<$argument>"; done
        exit ${EXIT_STATUS:-0}
        """;

    private final Path root;

    private final AtomicInteger runs = new AtomicInteger();

    FakeCheckout(Path root) throws IOException {
        this.root = root;
        var project = SourceTree.ofThisBuild().root();
        copy(project.resolve("signalbox"), "signalbox");
        copy(project.resolve("packaging/find-jdk.sh"), "packaging/find-jdk.sh");
        write("pom.xml", "<project/>");
        write("app-ui/pom.xml", "<project/>");
        write("app-ui/src/main/java/Shop.java", "class Shop {}");
        for (var tool : TOOLS) {
            script("tools/" + tool, "#!/bin/sh\nexec " + find(tool) + " \"$@\"\n");
        }
        Files.createDirectories(root.resolve("jdks"));
    }

    /** What one start printed, and how it ended. */
    record Start(int status, String output, String errors) {}

    FakeCheckout withMaven() throws IOException {
        script("tools/mvn", MAVEN);
        return this;
    }

    FakeCheckout withoutMaven() throws IOException {
        Files.deleteIfExists(root.resolve("tools/mvn"));
        return this;
    }

    FakeCheckout withJdk(String name, String version) throws IOException {
        script("jdks/" + name + "/bin/java", JAVA);
        script("jdks/" + name + "/bin/javac", JAVA);
        write("jdks/" + name + "/release", "IMPLEMENTOR=\"Someone\"\nJAVA_VERSION=\"" + version + "\"\n");
        return this;
    }

    Path jdk(String name) {
        return root.resolve("jdks").resolve(name);
    }

    Path root() {
        return root;
    }

    void write(String path, String text) throws IOException {
        var file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    void delete(String path) throws IOException {
        Files.delete(root.resolve(path));
    }

    /** Sets back the time of every file, as if what exists had been there for a minute. */
    void age() throws IOException {
        try (var files = Files.walk(root)) {
            for (var file : files.filter(file -> !Files.isSymbolicLink(file)).toList()) {
                var then = Files.getLastModifiedTime(file).toInstant().minusSeconds(60);
                Files.setLastModifiedTime(file, FileTime.from(then));
            }
        }
    }

    long builds() throws IOException {
        var builds = root.resolve("builds");
        return Files.exists(builds) ? Files.readAllLines(builds).size() : 0;
    }

    Start start(String... arguments) throws IOException, InterruptedException {
        return start(Map.of(), arguments);
    }

    Start start(Map<String, String> environment, String... arguments) throws IOException, InterruptedException {
        return launch(root.resolve("signalbox"), environment, arguments);
    }

    Start launch(Path script, Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        int run = runs.incrementAndGet();
        var process = begin(script, environment, run, arguments);
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException(script + ": still running after 60 s");
        }
        return new Start(
                process.exitValue(),
                Files.readString(root.resolve("output-" + run)),
                Files.readString(root.resolve("errors-" + run)));
    }

    /** A start that nobody waits for. */
    Process begin(Map<String, String> environment, String... arguments) throws IOException {
        return begin(root.resolve("signalbox"), environment, runs.incrementAndGet(), arguments);
    }

    private Process begin(Path script, Map<String, String> environment, int run, String... arguments)
            throws IOException {
        var command = new ArrayList<>(List.of(script.toString()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command)
                .directory(root.toFile())
                .redirectOutput(root.resolve("output-" + run).toFile())
                .redirectError(root.resolve("errors-" + run).toFile());
        builder.environment().clear();
        builder.environment().put("PATH", root.resolve("tools").toString());
        builder.environment().put("SIGNALBOX_JDK_FOLDERS", root.resolve("jdks").toString());
        builder.environment().putAll(environment);
        return builder.start();
    }

    private void script(String path, String text) throws IOException {
        write(path, text);
        Files.setPosixFilePermissions(root.resolve(path), PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private void copy(Path file, String path) throws IOException {
        script(path, Files.readString(file));
    }

    private static Path find(String tool) throws IOException {
        for (var folder : List.of("/bin", "/usr/bin")) {
            var candidate = Path.of(folder, tool);
            if (Files.isExecutable(candidate)) {
                return candidate;
            }
        }
        throw new IOException(tool + ": not found in /bin or /usr/bin");
    }
}
