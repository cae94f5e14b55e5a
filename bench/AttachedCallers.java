import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Sidecars in one process, attached to a control plane, each of which only calls: what it is told is the whole mesh. */
final class AttachedCallers implements AutoCloseable {

    /** Each look costs the control plane the standing of every sidecar, and what is measured is known no finer. */
    private static final int LOOK_MILLIS = 20;

    private static final int PATIENCE_SECONDS = 120;
    private static final int FIRST_PORT = 20_000;
    private static final Pattern STANDING = Pattern.compile("\"revision\":(\\d+),\"newest\":(\\d+)");

    private final Path log;
    private final Process process;
    private final List<Integer> ports;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private AttachedCallers(Path log, Process process, List<Integer> ports) {
        this.log = log;
        this.process = process;
        this.ports = List.copyOf(ports);
    }

    /** Starts them, and waits for nothing. */
    static AttachedCallers start(Path folder, List<String> command, int count, KilledPlane plane) throws IOException {
        List<String> words = new ArrayList<>(command);
        words.add("sidecar");
        List<Integer> ports = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ports.add(freePort(i == 0 ? FIRST_PORT : ports.getLast()));
            Path file = folder.resolve("caller-" + i + ".yaml");
            Files.writeString(
                    file,
                    "apiVersion: signalbox.io/v1\nkind: Sidecar\nservice: caller-" + i + "\ncontrolPlane: { url: \""
                            + plane.address() + "\", tokenFile: data/token }\noutbound: { port: " + ports.getLast()
                            + " }\n");
            words.addAll(List.of("-f", file.toString()));
        }
        Path log = folder.resolve("sidecars");
        ProcessBuilder process =
                new ProcessBuilder(words).redirectError(log.toFile()).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        process.environment().put("XDG_STATE_HOME", folder.resolve("state").toString());
        return new AttachedCallers(log, process.start(), ports);
    }

    /** Where the application of one of them sends its calls. */
    URI outbound(int which) {
        return URI.create("http://127.0.0.1:" + ports.get(which % ports.size()) + "/");
    }

    /** The newest revision of what they are told. */
    long newest(KilledPlane plane) throws Exception {
        return standing(plane).stream().mapToLong(one -> one[1]).max().orElse(0);
    }

    /** Waits until all of them are attached there, and run that revision or a newer one. */
    void await(KilledPlane plane, long revision) throws Exception {
        long begun = System.nanoTime();
        while (!allRun(plane, revision)) {
            if (!process.isAlive() || System.nanoTime() - begun > TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS)) {
                throw new IllegalStateException("not all sidecars run revision " + revision + " within "
                        + PATIENCE_SECONDS + " s: " + Files.readString(log));
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
    }

    @Override
    public void close() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    private boolean allRun(KilledPlane plane, long revision) throws Exception {
        List<long[]> standing = standing(plane);
        return standing.size() == ports.size() && standing.stream().allMatch(one -> one[0] >= revision);
    }

    private List<long[]> standing(KilledPlane plane) throws Exception {
        String body = http.send(plane.request("/api/v1/sidecars").build(), HttpResponse.BodyHandlers.ofString())
                .body();
        Matcher found = STANDING.matcher(body);
        return Stream.generate(() -> found)
                .takeWhile(Matcher::find)
                .map(one -> new long[] {Long.parseLong(one.group(1)), Long.parseLong(one.group(2))})
                .toList();
    }

    /** Below those that the kernel gives to whoever calls: it stays free until the sidecar takes it. */
    private static int freePort(int after) {
        for (int port = after + 1; ; port++) {
            try (ServerSocket socket = new ServerSocket()) {
                socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                return port;
            } catch (IOException e) {
                // Somebody else's.
            }
        }
    }
}
