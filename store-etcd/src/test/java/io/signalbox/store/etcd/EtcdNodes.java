package io.signalbox.store.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Real nodes of etcd on this machine, with their data in a folder. */
public final class EtcdNodes implements AutoCloseable {

    private static final Duration STARTED = Duration.ofSeconds(60);

    private final Path folder;
    private final List<Integer> clientPorts;
    private final List<Integer> peerPorts;
    private final List<String> more;
    private final List<Process> running = new ArrayList<>();
    private String scheme = "http";

    private EtcdNodes(Path folder, int nodes, List<String> more) throws IOException {
        this.folder = folder;
        this.more = more;
        List<Integer> ports = freePorts(2 * nodes);
        clientPorts = ports.subList(0, nodes);
        peerPorts = ports.subList(nodes, 2 * nodes);
    }

    /** Skips the test by name where there is no etcd. */
    public static EtcdNodes start(Path folder, int nodes) throws IOException {
        EtcdNodes started = started(folder, nodes, List.of());
        started.awaitHealth();
        return started;
    }

    /** One, which talks TLS; whether it answers is for its caller to find out. */
    public static EtcdNodes encrypted(Path folder, List<String> tls) throws IOException {
        EtcdNodes made = new EtcdNodes(requireEtcd(folder), 1, tls);
        made.scheme = "https";
        made.startAll();
        return made;
    }

    private static EtcdNodes started(Path folder, int nodes, List<String> more) throws IOException {
        EtcdNodes made = new EtcdNodes(requireEtcd(folder), nodes, more);
        made.startAll();
        return made;
    }

    private void startAll() throws IOException {
        for (int i = 0; i < clientPorts.size(); i++) {
            running.add(launch(i));
        }
    }

    private static Path requireEtcd(Path folder) {
        boolean there = Stream.of(String.valueOf(System.getenv("PATH")).split(File.pathSeparator))
                .anyMatch(place -> Files.isExecutable(Path.of(place, "etcd")));
        assumeTrue(there, "no etcd on the PATH (Debian, Ubuntu: apt install etcd-server)");
        return folder;
    }

    public List<URI> endpoints() {
        return clientPorts.stream()
                .map(port -> URI.create(scheme + "://127.0.0.1:" + port))
                .toList();
    }

    public void kill(int node) {
        running.get(node).destroyForcibly().onExit().join();
    }

    /** Starts a node again that was killed, with what it had. */
    public void restart(int node) throws IOException {
        running.set(node, launch(node));
    }

    /** The node that leads, by number. */
    public int leader() throws Exception {
        for (int i = 0; i < clientPorts.size(); i++) {
            if (running.get(i).isAlive() && metrics(i).contains("etcd_server_is_leader 1")) {
                return i;
            }
        }
        throw new AssertionError("no node leads");
    }

    public void awaitHealth() {
        await().atMost(STARTED).ignoreExceptions().untilAsserted(() -> {
            for (int i = 0; i < clientPorts.size(); i++) {
                assertThat(get(i, "/health")).contains("\"true\"");
            }
        });
    }

    @Override
    public void close() {
        running.forEach(Process::destroyForcibly);
        running.forEach(process -> process.onExit().join());
    }

    private String metrics(int node) throws Exception {
        return get(node, "/metrics");
    }

    private String get(int node, String path) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(endpoints().get(node).resolve(path))
                    .timeout(Duration.ofSeconds(2))
                    .build();
            return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
        }
    }

    private Process launch(int node) throws IOException {
        String client = scheme + "://127.0.0.1:" + clientPorts.get(node);
        String peer = "http://127.0.0.1:" + peerPorts.get(node);
        String cluster = IntStream.range(0, peerPorts.size())
                .mapToObj(i -> "n" + i + "=http://127.0.0.1:" + peerPorts.get(i))
                .collect(Collectors.joining(","));
        List<String> command = new ArrayList<>(List.of(
                "etcd",
                "--name=n" + node,
                "--data-dir=" + folder.resolve("n" + node),
                "--listen-client-urls=" + client,
                "--advertise-client-urls=" + client,
                "--listen-peer-urls=" + peer,
                "--initial-advertise-peer-urls=" + peer,
                "--initial-cluster=" + cluster,
                "--heartbeat-interval=50",
                "--election-timeout=500",
                "--log-level=error",
                "--logger=zap"));
        command.addAll(more);
        Files.createDirectories(folder);
        File log = folder.resolve("n" + node + ".log").toFile();
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
                .start();
    }

    private static List<Integer> freePorts(int count) throws IOException {
        List<ServerSocket> held = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                held.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
            }
            return held.stream().map(ServerSocket::getLocalPort).toList();
        } finally {
            for (ServerSocket socket : held) {
                socket.close();
            }
        }
    }
}
