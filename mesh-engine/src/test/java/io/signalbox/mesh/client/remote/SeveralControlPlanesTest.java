package io.signalbox.mesh.client.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.signalbox.mesh.client.MeshException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Calls to one of several control planes, each of which answers with its name. */
final class SeveralControlPlanesTest {

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<HttpServer> servers = new ArrayList<>();

    @AfterEach
    void stop() {
        servers.forEach(server -> server.stop(0));
    }

    @Test
    void theFirstIsAskedAsLongAsItAnswers() throws IOException {
        try (HttpCalls calls = calls(server("a"), server("b"))) {
            calls.get("/x");
            calls.post("/x", Map.of());
        }

        assertThat(asked).containsExactly("GET a", "POST a");
    }

    @Test
    void whereNobodyListensTheNextIsAskedAndFromThenOn() throws IOException {
        try (HttpCalls calls = calls(gone(), server("b"))) {
            calls.post("/x?y=z", Map.of());
            calls.get("/x");
        }

        assertThat(asked).containsExactly("POST b", "GET b");
    }

    @Test
    void whatMayHaveBeenDoneIsNotDoneTwice() throws IOException {
        try (HttpCalls calls = calls(breaking("a"), server("b"))) {
            assertThatThrownBy(() -> calls.post("/x", Map.of()))
                    .isInstanceOfSatisfying(
                            MeshException.class, e -> assertThat(e.kind()).isEqualTo(MeshException.Kind.UNAVAILABLE));
            calls.post("/x", Map.of());
        }

        assertThat(asked).containsExactly("POST a", "POST b");
    }

    @Test
    void whatOnlyReadsIsAskedAgain() throws IOException {
        try (HttpCalls calls = calls(breaking("a"), server("b"))) {
            assertThat(calls.get("/x").body()).isEqualTo("b");
        }
    }

    @Test
    void whereNoneAnswersTheLastOneIsNamed() throws IOException {
        URI first = gone();
        URI second = gone();
        try (HttpCalls calls = calls(first, second)) {
            assertThatThrownBy(() -> calls.get("/x"))
                    .isInstanceOf(MeshException.class)
                    .hasMessageContaining(second.toString());
        }
    }

    private static HttpCalls calls(URI... addresses) {
        return new HttpCalls(new Addresses(List.of(addresses)), Optional.empty(), Optional.empty());
    }

    private URI server(String name) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 8);
        server.createContext("/", exchange -> {
            try (exchange) {
                asked.add(exchange.getRequestMethod() + " " + name);
                byte[] body = name.getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
            }
        });
        return started(server);
    }

    /** Takes the request and closes the connection. */
    private URI breaking(String name) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 8);
        server.createContext("/", exchange -> {
            asked.add(exchange.getRequestMethod() + " " + name);
            exchange.close();
        });
        return started(server);
    }

    private URI started(HttpServer server) {
        server.start();
        servers.add(server);
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private static URI gone() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return URI.create("http://127.0.0.1:" + socket.getLocalPort());
        }
    }
}
