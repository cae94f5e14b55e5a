package io.signalbox.mesh.controlplane.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import io.signalbox.mesh.client.json.Json;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A page of somebody else in a real Chromium, which even knows the token: by scripts, forms, images, frames, beacons and
 * sockets it can neither change anything nor read an answer.
 */
class ForeignPageTest {

    private static final List<String> BROWSERS = List.of("chromium", "chromium-browser", "google-chrome");
    private static final Pattern FOUND = Pattern.compile("<p>(\\{.*?})</p>");
    private static final int LONGEST_SECONDS = 120;

    @TempDir
    private Path folder;

    /** The second name is rebound: it once was the page's own server, and now leads to the control plane as well. */
    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "evil.example"})
    void aForeignPageHasNoEffect(String host) throws Exception {
        Optional<Path> browser = browser();
        assumeTrue(browser.isPresent(), "Chromium is not on the PATH: no real page was tried");
        try (HttpMesh mesh = new HttpMesh()) {
            HttpServer page = page(mesh);
            try {
                List<String> before = state(mesh);

                Map<String, Integer> found =
                        open(browser.get(), host, page.getAddress().getPort());

                assertThat(found).containsEntry("own", 1).containsEntry("readable", 0);
                assertThat(found.get("asked")).isGreaterThan(500);
                assertThat(state(mesh)).isEqualTo(before);
            } finally {
                page.stop(0);
            }
        }
    }

    /** What the page sends does have an effect when it comes from somebody who is no page. */
    @Test
    void theSameRequestHasAnEffectFromElsewhere() {
        try (HttpMesh mesh = new HttpMesh()) {
            List<String> before = state(mesh);
            assertThat(mesh.post(
                                    "/api/v1/services/register",
                                    "{\"service_name\":\"payment\",\"instance_id\":\"payment-9\",\"host\":\"127.0.0.1\",\"port\":1}")
                            .statusCode())
                    .isEqualTo(200);
            assertThat(state(mesh)).isNotEqualTo(before);
        }
    }

    private static List<String> state(HttpMesh mesh) {
        return List.of(
                "store " + mesh.mesh.store.revision(),
                "instances " + mesh.mesh.controlPlane.members().instances(),
                "events " + mesh.mesh.events.lastSequence());
    }

    private static HttpServer page(HttpMesh mesh) throws IOException {
        byte[] text = source().replace("@TOKEN@", mesh.token.text())
                .replace("@PORT@", Integer.toString(mesh.server.port()))
                .getBytes(StandardCharsets.UTF_8);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            try (exchange) {
                exchange.getResponseHeaders().add("Content-Type", "text/html; charset=utf-8");
                exchange.sendResponseHeaders(200, text.length);
                exchange.getResponseBody().write(text);
            }
        });
        server.start();
        return server;
    }

    private static String source() {
        try (InputStream in = Objects.requireNonNull(ForeignPageTest.class.getResourceAsStream("foreign-page.html"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Map<String, Integer> open(Path browser, String host, int port) throws Exception {
        Path shown = folder.resolve("page.html");
        Process process = new ProcessBuilder(
                        browser.toString(),
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        // The browser's own guard of private networks must not be what helps.
                        "--disable-features=BlockInsecurePrivateNetworkRequests,LocalNetworkAccessChecks",
                        "--host-resolver-rules=MAP evil.example 127.0.0.1",
                        "--user-data-dir=" + folder.resolve("profile"),
                        "--virtual-time-budget=60000",
                        "--dump-dom",
                        "http://" + host + ":" + port + "/")
                .redirectOutput(shown.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            assertThat(process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
        }
        Matcher found = FOUND.matcher(Files.readString(shown));
        assertThat(found.find()).as("the page came to its end").isTrue();
        @SuppressWarnings("unchecked")
        Map<String, Integer> counts = Json.read(found.group(1), Map.class);
        return counts;
    }

    private static Optional<Path> browser() {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .flatMap(folder -> BROWSERS.stream().map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
