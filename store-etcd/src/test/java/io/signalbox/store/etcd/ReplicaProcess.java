package io.signalbox.store.etcd;

import io.signalbox.mesh.client.RunningMeshes;
import io.signalbox.mesh.controlplane.Identities;
import io.signalbox.mesh.runtime.ControlPlaneOptions;
import io.signalbox.mesh.runtime.Listen;
import io.signalbox.mesh.runtime.StandaloneControlPlane;
import io.signalbox.mesh.store.SharedStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A control plane in a process of its own, so that it can be killed and stopped; and the {@code main} of that process. */
public final class ReplicaProcess implements AutoCloseable {

    private final Process process;
    private final URI uri;

    private ReplicaProcess(Process process, URI uri) {
        this.process = process;
        this.uri = uri;
    }

    /** Starts one on any port, and waits until it serves. */
    static ReplicaProcess start(Path folder, List<URI> etcd) throws IOException {
        String nodes = etcd.stream().map(URI::toString).collect(Collectors.joining(","));
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ReplicaProcess.class.getName(),
                        folder.toString(),
                        nodes)
                .redirectError(
                        folder.resolveSibling(folder.getFileName() + ".log").toFile())
                .start();
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        String first = out.readLine();
        if (first == null) {
            throw new IOException("the control plane of " + folder + " did not start");
        }
        return new ReplicaProcess(process, URI.create(first));
    }

    URI uri() {
        return uri;
    }

    /** SIGKILL. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** SIGSTOP or SIGCONT. */
    void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .start()
                .waitFor();
    }

    @Override
    public void close() {
        kill();
    }

    public static void main(String[] arguments) throws InterruptedException {
        Path folder = Path.of(arguments[0]);
        List<URI> nodes = Stream.of(arguments[1].split(",")).map(URI::create).toList();
        SharedStore shared =
                new SharedStore(nodes, "/signalbox/replicas/", Optional.empty(), Optional.empty(), Optional.empty());
        StandaloneControlPlane plane = StandaloneControlPlane.start(
                new ControlPlaneOptions(
                        "replicas",
                        Listen.onLoopback(0),
                        folder,
                        Duration.ofSeconds(10),
                        Identities.LIFETIME,
                        Optional.of(shared)),
                new RunningMeshes(folder.resolve("run")));
        System.out.println(plane.uri());
        new CountDownLatch(1).await();
    }
}
