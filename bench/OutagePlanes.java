import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Control planes in processes of their own, to be killed and started again; all have the token of the first. */
final class OutagePlanes implements AutoCloseable {

    private static final Pattern READY = Pattern.compile("ready control-plane=(\\S+) token-file=(.+)");

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path folder;
    private final List<String> command;
    private final HttpClient http;
    private final List<Integer> ports = new ArrayList<>();
    private final List<Process> running = new ArrayList<>();
    private final List<Long> starts = Collections.synchronizedList(new ArrayList<>());
    private final LongAdder neverReady = new LongAdder();
    private Optional<String> etcd = Optional.empty();
    private volatile String token = "";

    OutagePlanes(Path folder, List<String> command, HttpClient http) {
        this.folder = folder;
        this.command = command;
        this.http = http;
    }

    /** Starts another one, and waits until it serves. */
    void add(Optional<String> endpoints) throws IOException {
        etcd = endpoints;
        ports.add(EtcdCluster.freePort());
        running.add(launch(ports.size() - 1));
        requireReady(running.getLast());
    }

    void kill(int number) throws InterruptedException {
        running.get(number).destroyForcibly().waitFor();
    }

    void startAgain(int number) throws IOException {
        long begun = System.nanoTime();
        running.set(number, launch(number));
        requireReady(running.get(number));
        started(begun);
    }

    /** Waits for nothing; it may be killed before it serves. */
    void startAgainMeanwhile(int number) throws IOException {
        long begun = System.nanoTime();
        Process process = launch(number);
        running.set(number, process);
        Thread.ofVirtual().start(() -> {
            if (becomesReady(process)) {
                started(begun);
            } else {
                neverReady.increment();
            }
        });
    }

    boolean anotherServes(int than) throws InterruptedException {
        for (int port : ports) {
            if (port != ports.get(than) && serves(port)) {
                return true;
            }
        }
        return false;
    }

    boolean serves(int port) throws InterruptedException {
        try {
            return http.send(api(port, "/ready").build(), HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            return false; // it was killed, or has only just begun
        }
    }

    HttpRequest.Builder api(int port, String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(5))
                .header("Authorization", "Bearer " + token);
    }

    List<Integer> ports() {
        return List.copyOf(ports);
    }

    /** How long those took that were started again, in ms, the shortest first. */
    List<Long> starts() {
        return starts.stream().sorted().toList();
    }

    /** How many were killed while they started. */
    long neverReady() {
        return neverReady.sum();
    }

    @Override
    public void close() {
        running.forEach(Process::destroyForcibly);
    }

    private void started(long begun) {
        starts.add(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun));
    }

    private Process launch(int number) throws IOException {
        Path data = folder.resolve("data-" + number);
        if (number > 0 && !Files.exists(data)) {
            Files.createDirectory(
                    data, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            Files.copy(folder.resolve("data-0").resolve("token"), data.resolve("token"));
        }
        List<String> words = new ArrayList<>(command);
        words.addAll(List.of("control-plane", "--data", data.toString(), "--listen", "127.0.0.1:" + ports.get(number)));
        etcd.ifPresent(endpoints -> words.addAll(List.of("--store", "etcd", "--etcd-endpoints", endpoints)));
        return new ProcessBuilder(words)
                .redirectError(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("control-plane-" + number + ".log").toFile()))
                .start();
    }

    private void requireReady(Process process) {
        if (!becomesReady(process)) {
            throw new IllegalStateException("the control plane did not start; see " + folder);
        }
    }

    /** Whether it came to serve, or ended before. */
    private boolean becomesReady(Process process) {
        try {
            BufferedReader out = process.inputReader();
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                Matcher ready = READY.matcher(line);
                if (ready.matches()) {
                    token = Files.readString(Path.of(ready.group(2))).strip();
                    return true;
                }
            }
        } catch (IOException e) {
            // It was killed while it began.
        }
        return false;
    }

    interface Condition {
        boolean holds() throws Exception;
    }

    static void await(Condition condition, String what) throws Exception {
        long patience = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                if (condition.holds()) {
                    return;
                }
            } catch (IOException e) {
                // Not there yet.
            }
            if (System.nanoTime() > patience) {
                throw new IllegalStateException("waited in vain for " + what);
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }
}
