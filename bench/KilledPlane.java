import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A control plane in a process of its own, to be killed; its store is in {@code data} of a folder. */
final class KilledPlane {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Pattern READY = Pattern.compile("ready control-plane=(\\S+) token-file=(.+)");

    private final Path folder;
    private final List<String> command;
    private final Process process;
    private volatile URI uri = URI.create("");
    private volatile String token = "";

    private KilledPlane(Path folder, List<String> command, Process process) {
        this.folder = folder;
        this.command = command;
        this.process = process;
    }

    /** Starts it with those options more, and waits for nothing. */
    static KilledPlane launch(Path folder, List<String> command, String... options) throws IOException {
        return launch(folder, command, 0, List.of(options));
    }

    /** Starts one after it was killed, on the same folder, at the same address; waits for nothing. */
    KilledPlane again() throws IOException {
        KilledPlane next = launch(folder, command, uri.getPort(), List.of());
        next.uri = uri;
        next.token = token;
        return next;
    }

    private static KilledPlane launch(Path folder, List<String> command, int port, List<String> options)
            throws IOException {
        List<String> words = new ArrayList<>(command);
        words.addAll(List.of(
                "control-plane",
                "--listen",
                "127.0.0.1:" + port,
                "--data",
                folder.resolve("data").toString()));
        words.addAll(options);
        Process process = new ProcessBuilder(words)
                .redirectError(folder.resolve("errors").toFile())
                .start();
        return new KilledPlane(folder, command, process);
    }

    /** Waits until it answers requests. */
    KilledPlane ready() throws IOException {
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            Matcher ready = READY.matcher(line);
            if (ready.matches()) {
                uri = URI.create(ready.group(1));
                token = Files.readString(Path.of(ready.group(2))).strip();
                return this;
            }
        }
        throw new IllegalStateException("No start: " + Files.readString(folder.resolve("errors")));
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(uri.resolve(path)).timeout(PATIENCE).header("Authorization", "Bearer " + token);
    }

    URI address() {
        return uri;
    }

    /** Of the process; a launcher that replaces itself by the program has the same. */
    long cpuNanos() {
        return process.info().totalCpuDuration().orElseThrow().toNanos();
    }

    /** Linux alone. */
    long residentMegabytes() throws IOException {
        return status("VmRSS:");
    }

    /** The most that it was; Linux alone. */
    long peakMegabytes() throws IOException {
        return status("VmHWM:");
    }

    private long status(String what) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/" + process.pid() + "/status"))) {
            if (line.startsWith(what)) {
                return Long.parseLong(line.replaceAll("\\D", "")) / 1_024;
            }
        }
        throw new IllegalStateException("no " + what + " of " + process.pid());
    }

    /** SIGKILL, to whatever a script started as well. */
    void kill() throws InterruptedException {
        List<ProcessHandle> all = process.descendants().toList();
        process.destroyForcibly();
        all.forEach(ProcessHandle::destroyForcibly);
        process.waitFor();
        for (ProcessHandle handle : all) {
            handle.onExit().join();
        }
    }
}
