package io.signalbox.mesh.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PipedReader;
import java.io.PipedWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command as a person runs it; an interrupt stands for Ctrl+C. */
final class SidecarCommandTest {

    private static final int PATIENCE = 20;
    private static final String ADDRESS = "127\\.0\\.0\\.1:\\d+";

    @TempDir
    private Path folder;

    private final Terminal terminal = new Terminal();

    @Test
    void eachSidecarSaysThatItIsReadyUntilTheyAreStopped() throws Exception {
        String first = file("one.yaml", "service: one\napp: { port: 9 }\n");
        String second = file("two.yaml", "service: two\n");
        PipedWriter pipe = new PipedWriter();
        terminal.writeTo(pipe);
        CompletableFuture<Integer> status = new CompletableFuture<>();
        try (BufferedReader out = new BufferedReader(new PipedReader(pipe))) {
            Thread command =
                    Thread.ofVirtual().start(() -> status.complete(terminal.run("sidecar", "-f", first, "-f", second)));

            assertThat(out.readLine())
                    .matches("ready service=one inbound=" + ADDRESS + " outbound=" + ADDRESS + " admin=" + ADDRESS);
            Matcher two = Pattern.compile(
                            "ready service=two inbound=- outbound=" + ADDRESS + " admin=(" + ADDRESS + ")")
                    .matcher(out.readLine());
            assertThat(two.matches()).isTrue();
            assertThat(ready(two.group(1))).isEqualTo(200);
            command.interrupt();
            assertThat(status.get(PATIENCE, TimeUnit.SECONDS)).isEqualTo(ExitStatus.INTERRUPTED);
        }
        assertThat(terminal.errors()).isEmpty();
    }

    @Test
    void theReadyLineNamesThePortsOfServicesCalledOverTcp() throws Exception {
        String file = file("one.yaml", "service: one\noutbound: { tcp: { stock: 0 } }\nservices: { stock: [] }\n");
        PipedWriter pipe = new PipedWriter();
        terminal.writeTo(pipe);
        CompletableFuture<Integer> status = new CompletableFuture<>();
        try (BufferedReader out = new BufferedReader(new PipedReader(pipe))) {
            Thread command = Thread.ofVirtual().start(() -> status.complete(terminal.run("sidecar", "-f", file)));

            assertThat(out.readLine())
                    .matches("ready service=one inbound=- outbound=" + ADDRESS + " admin=" + ADDRESS + " tcp\\.stock="
                            + ADDRESS);
            command.interrupt();
            assertThat(status.get(PATIENCE, TimeUnit.SECONDS)).isEqualTo(ExitStatus.INTERRUPTED);
        }
    }

    @Test
    void oneWrongFileStartsNothing() throws IOException {
        String good = file("good.yaml", "service: good\n");
        String bad = file("bad.yaml", "service: bad\noutbound: { port: many }\n");

        assertThat(terminal.run("sidecar", "-f", good, "-f", bad)).isEqualTo(ExitStatus.USAGE);

        assertThat(terminal.errors())
                .containsExactly(
                        "signalbox: " + bad + ": line 4, column 19: outbound.port: many (expected: a whole number)");
        assertThat(terminal.out()).isEmpty();
    }

    @Test
    void aTakenPortIsUnavailable() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String file = file("one.yaml", "service: one\nadmin: { port: " + taken.getLocalPort() + " }\n");

            assertThat(terminal.run("sidecar", "-f", file)).isEqualTo(ExitStatus.UNAVAILABLE);

            assertThat(terminal.errors())
                    .containsExactly("signalbox: " + file + ": line 4, column 16: admin.port: " + taken.getLocalPort()
                            + " (expected: a free port)");
        }
        assertThat(terminal.out()).isEmpty();
    }

    @Test
    void oneInstanceRunsOnce() throws IOException {
        String first = file("one.yaml", "service: shop\n");
        String second = file("two.yaml", "service: shop\ninstance: shop-1\n");

        assertThat(terminal.run("sidecar", "-f", first, "-f", second)).isEqualTo(ExitStatus.USAGE);

        assertThat(terminal.errors())
                .containsExactly("signalbox: " + second + ": line 4, column 11: instance: shop-1 (expected: an instance"
                        + " of its own; " + first + ": line 1, column 1: instance is the same)");
    }

    @Test
    void aFileThatIsNotThereIsNotFound() {
        assertThat(terminal.run("sidecar", "-f", folder.resolve("none.yaml").toString()))
                .isEqualTo(ExitStatus.NOT_FOUND);
        assertThat(terminal.errors()).hasSize(1);
    }

    @Test
    void withoutAFileItIsUsage() {
        assertThat(terminal.run("sidecar")).isEqualTo(ExitStatus.USAGE);
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), "apiVersion: signalbox.io/v1\nkind: Sidecar\n" + text)
                .toString();
    }

    private static int ready(String admin) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + admin + "/ready"))
                    .build();
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        }
    }
}
