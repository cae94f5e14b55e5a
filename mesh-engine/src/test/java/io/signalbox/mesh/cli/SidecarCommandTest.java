package io.signalbox.mesh.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PipedReader;
import java.io.PipedWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
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
    void aFileThatChangesIsFollowedAndARequestAtHandEndsAsItBegan() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answering = new CountDownLatch(1);
        HttpServer old = app("old", () -> {
            asked.countDown();
            answering.await();
        });
        HttpServer young = app("young", () -> {});
        String file = file("one.yaml", catalogAt(old));
        try (Running running = new Running(file)) {
            CompletableFuture<String> before = CompletableFuture.supplyAsync(() -> get(running.outbound));
            asked.await();

            file("one.yaml", catalogAt(young));
            assertThat(running.out.readLine()).isEqualTo("reloaded " + file);

            assertThat(get(running.outbound)).isEqualTo("young");
            answering.countDown();
            assertThat(before.get(PATIENCE, TimeUnit.SECONDS)).isEqualTo("old");
        } finally {
            old.stop(0);
            young.stop(0);
        }
        assertThat(terminal.errors()).isEmpty();
    }

    @Test
    void whatCannotBeFollowedIsRefusedAndWhatRanGoesOn() throws Exception {
        HttpServer app = app("tea", () -> {});
        String file = file("one.yaml", catalogAt(app));
        try (Running running = new Running(file)) {
            file("one.yaml", "service: one\nservices: none\n");
            await().until(() -> terminal.errors().size() == 1);
            assertThat(get(running.outbound)).isEqualTo("tea");

            file(
                    "one.yaml",
                    catalogAt(app).replace("service: one", "service: two") + "mtls: off\nlimits: { drain: 1s }\n");
            await().until(() -> terminal.errors().size() == 2);
            assertThat(get(running.outbound)).isEqualTo("tea");

            file("one.yaml", catalogAt(app) + "policies: [ late.yaml ]\n");
            await().until(() -> terminal.errors().size() == 3);
            Files.writeString(
                    folder.resolve("late.yaml"),
                    "apiVersion: signalbox.io/v1\nkind: TrafficPolicy\nservice: catalog\ntimeout: 9s\n");
            assertThat(running.out.readLine()).isEqualTo("reloaded " + file);
            Files.writeString(
                    folder.resolve("late.yaml"),
                    "apiVersion: signalbox.io/v1\nkind: TrafficPolicy\nservice: catalog\ntimeout: 10s\n");
            assertThat(running.out.readLine()).as("a file that it names").isEqualTo("reloaded " + file);
        } finally {
            app.stop(0);
        }
        assertThat(terminal.errors())
                .containsExactly(
                        "refused " + file + ": line 4, column 11: services: none (expected: a mapping of fields)",
                        "refused " + file
                                + ": service, instance, limits: changed (expected: what it was until a restart;"
                                + " services and policies alone may change)",
                        "refused " + file + ": line 5, column 13: policies[0]: " + folder.resolve("late.yaml")
                                + " (expected: a file that exists)");
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

    private static String catalogAt(HttpServer app) {
        return "service: one\nservices: { catalog: [ { port: "
                + app.getAddress().getPort() + " } ] }\n";
    }

    private static HttpServer app(String word, Pause pause) throws IOException {
        HttpServer app = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
        app.createContext("/", exchange -> {
            try (exchange) {
                pause.run();
                exchange.sendResponseHeaders(200, word.length());
                exchange.getResponseBody().write(word.getBytes(StandardCharsets.UTF_8));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        app.start();
        return app;
    }

    private static String get(String outbound) {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + outbound + "/"))
                    .header("X-Target-Service", "catalog")
                    .build();
            return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @FunctionalInterface
    private interface Pause {
        void run() throws InterruptedException;
    }

    /** One sidecar that runs, and what it says. */
    private final class Running implements AutoCloseable {

        private final CompletableFuture<Integer> status = new CompletableFuture<>();
        private final BufferedReader out;
        private final Thread command;
        private final String outbound;

        Running(String file) throws IOException {
            PipedWriter pipe = new PipedWriter();
            terminal.writeTo(pipe);
            out = new BufferedReader(new PipedReader(pipe));
            command = Thread.ofVirtual().start(() -> status.complete(terminal.run("sidecar", "-f", file)));
            Matcher ready =
                    Pattern.compile("ready .* outbound=(" + ADDRESS + ") .*").matcher(out.readLine());
            assertThat(ready.matches()).isTrue();
            outbound = ready.group(1);
        }

        @Override
        public void close() throws Exception {
            command.interrupt();
            assertThat(status.get(PATIENCE, TimeUnit.SECONDS)).isEqualTo(ExitStatus.INTERRUPTED);
            out.close();
        }
    }

    private static int ready(String admin) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + admin + "/ready"))
                    .build();
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        }
    }
}
