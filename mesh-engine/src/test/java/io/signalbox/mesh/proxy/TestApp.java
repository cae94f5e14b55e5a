package io.signalbox.mesh.proxy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An application on a port of its own that keeps what it was asked; another HTTP stack than the proxy's. */
final class TestApp implements AutoCloseable {

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();

    private TestApp(Behaviour behaviour) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            try (exchange) {
                asked.add(new Asked(
                        exchange.getRequestMethod(),
                        exchange.getRequestURI().toString(),
                        exchange.getRequestHeaders()));
                behaviour.answer(exchange);
            }
        });
        server.start();
    }

    /** What the application does with a request. */
    interface Behaviour {
        void answer(HttpExchange exchange) throws IOException;
    }

    /** A request as the application saw it. */
    record Asked(String method, String target, com.sun.net.httpserver.Headers headers) {}

    static TestApp answering(Behaviour behaviour) throws IOException {
        return new TestApp(behaviour);
    }

    /** Always that status, with that body. */
    static TestApp saying(int status, String body) throws IOException {
        return answering(exchange -> {
            exchange.getRequestBody().readAllBytes();
            say(exchange, status, body);
        });
    }

    static void say(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
    }

    int port() {
        return server.getAddress().getPort();
    }

    List<Asked> asked() {
        return asked;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
