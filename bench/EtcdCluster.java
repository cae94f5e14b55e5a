import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Nodes of etcd on this machine, to be killed, with their data in a folder. */
final class EtcdCluster implements AutoCloseable {

    private static final Pattern LEADER = Pattern.compile("\"leader\":\"(\\d+)\"");
    private static final Pattern MEMBER = Pattern.compile("\"member_id\":\"(\\d+)\"");

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();
    private final Path folder;
    private final List<Integer> clientPorts = new ArrayList<>();
    private final List<Integer> peerPorts = new ArrayList<>();
    private final List<Process> running = new ArrayList<>();

    private EtcdCluster(Path folder, int nodes) throws IOException {
        this.folder = folder;
        for (int i = 0; i < nodes; i++) {
            clientPorts.add(freePort());
            peerPorts.add(freePort());
        }
        for (int i = 0; i < nodes; i++) {
            running.add(launch(i));
        }
    }

    /** Waits for nothing: a control plane waits by itself. */
    static EtcdCluster start(Path folder, int nodes) throws IOException {
        return new EtcdCluster(folder, nodes);
    }

    String endpoints() {
        return clientPorts.stream().map(port -> "http://127.0.0.1:" + port).collect(Collectors.joining(","));
    }

    /** The number of the node that leads, as the nodes say it. */
    int leader() throws IOException, InterruptedException {
        for (int patience = 0; patience < 200; patience++) {
            for (int node = 0; node < running.size(); node++) {
                try {
                    String said = http.send(
                                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + clientPorts.get(node)
                                                    + "/v3/maintenance/status"))
                                            .timeout(Duration.ofSeconds(1))
                                            .POST(HttpRequest.BodyPublishers.ofString("{}"))
                                            .build(),
                                    HttpResponse.BodyHandlers.ofString())
                            .body();
                    Matcher leader = LEADER.matcher(said);
                    Matcher own = MEMBER.matcher(said);
                    if (leader.find() && own.find() && leader.group(1).equals(own.group(1))) {
                        return node;
                    }
                } catch (IOException e) {
                    // It has not started yet, or it waits for the others.
                }
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
        throw new IllegalStateException("no node of etcd leads");
    }

    /** SIGKILL, and a start again with what it had. */
    void killAndRestart(int node) throws IOException, InterruptedException {
        running.get(node).destroyForcibly().waitFor();
        running.set(node, launch(node));
    }

    @Override
    public void close() {
        running.forEach(Process::destroyForcibly);
    }

    private Process launch(int node) throws IOException {
        String client = "http://127.0.0.1:" + clientPorts.get(node);
        String peer = "http://127.0.0.1:" + peerPorts.get(node);
        String cluster = IntStream.range(0, peerPorts.size())
                .mapToObj(i -> "n" + i + "=http://127.0.0.1:" + peerPorts.get(i))
                .collect(Collectors.joining(","));
        return new ProcessBuilder(
                        "etcd",
                        "--name=n" + node,
                        "--data-dir=" + folder.resolve("etcd-" + node),
                        "--listen-client-urls=" + client,
                        "--advertise-client-urls=" + client,
                        "--listen-peer-urls=" + peer,
                        "--initial-advertise-peer-urls=" + peer,
                        "--initial-cluster=" + cluster,
                        "--log-level=error",
                        "--logger=zap")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("etcd-" + node + ".log").toFile()))
                .start();
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
