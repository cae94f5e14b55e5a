package io.signalbox.console;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.signalbox.console.fixture.Crowd;
import io.signalbox.console.fixture.SnapshotFixtures;
import io.signalbox.mesh.client.json.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A control plane on loopback that answers as its kind does, and tells a picture again and again. */
final class HostilePlane implements AutoCloseable {

    static final int MANY = 50_000;

    private static final String SEQUENCE = "\"sequence\":1,";
    private static final int FEW = 12;
    private static final int DEEP = 10_000;
    private static final int LONG = 1_000_000;
    private static final int HUGE = 100 << 20;
    private static final String AT = "2026-03-02T10:00:00Z";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Kind kind;
    private final Duration pause;
    private final String snapshot;
    private final Map<String, byte[]> answers = new ConcurrentHashMap<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    /** What a control plane does to whoever asks it. */
    enum Kind {
        HARMLESS,
        MANY_SERVICES,
        LONG_NAMES,
        TURNED_NAMES,
        DEEP,
        /** Each answer and each picture has 100 MB. */
        HUGE,
        NOT_A_NUMBER
    }

    /** @param pause between two pictures */
    HostilePlane(Kind kind, Duration pause) {
        this.kind = kind;
        this.pause = pause;
        snapshot = twisted(Json.text(SnapshotFixtures.canary()));
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        exchange.getRequestBody().readAllBytes();
        if (path.equals("/api/v1/stream")) {
            tell(exchange);
            return;
        }
        if (kind == Kind.HUGE) {
            answerHugely(exchange, body(path));
            return;
        }
        byte[] body = answers.computeIfAbsent(path, asked -> bytes(body(asked)));
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    /** A list of which one text is so long that it is made while it is sent: the memory is not this side's to run out of. */
    private static void answerHugely(HttpExchange exchange, String json) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes(json.substring(0, json.length() - 1)));
            out.write(bytes(json.length() > 2 ? "," : ""));
            out.write(bytes(json.startsWith("[") ? "\"" : "\"x\":\""));
            pour(out);
            out.write(bytes("\"" + json.charAt(json.length() - 1)));
        }
    }

    private static void pour(OutputStream out) throws IOException {
        byte[] part = bytes("a".repeat(1 << 16));
        for (int sent = 0; sent < HUGE; sent += part.length) {
            out.write(part);
        }
    }

    private void tell(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        int cut = snapshot.indexOf(SEQUENCE);
        byte[] rest = bytes(snapshot.substring(cut + SEQUENCE.length()));
        try (OutputStream out = exchange.getResponseBody()) {
            for (long n = 2; ; n++) {
                out.write(bytes("event: snapshot\nid: x-" + n + "\ndata: " + snapshot.substring(0, cut)
                        + "\"sequence\":" + n + ","));
                if (kind == Kind.HUGE) {
                    out.write(rest, 0, rest.length - 1);
                    out.write(bytes(",\"x\":\""));
                    pour(out);
                    out.write(bytes("\"}"));
                } else {
                    out.write(rest);
                }
                out.write(bytes("\n\n"));
                out.flush();
                if (closed.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String body(String path) {
        if (path.startsWith("/api/v1/policies/")) {
            String service = path.substring("/api/v1/policies/".length());
            return service.endsWith("/history") ? list(i -> revision("cart")) : policy(service);
        }
        return switch (path) {
            case "/api/v1/snapshot" -> snapshot;
            case "/api/v1/policies" ->
                IntStream.range(0, size())
                        .mapToObj(i -> "\"%s\":%s".formatted(Crowd.name(i), revision(Crowd.name(i))))
                        .collect(Collectors.joining(",", "{", "}"));
            case "/api/v1/identities" -> list(HostilePlane::certificate);
            case "/api/v1/audit" -> list(HostilePlane::change);
            case "/api/v1/events" -> list(HostilePlane::event);
            case "/api/v1/authorization" -> """
                {"otherwise":"allow","mode":"enforce","services":%s,"seen":[]}\
                """.formatted(list(HostilePlane::access));
            default -> "[]";
        };
    }

    private int size() {
        return kind == Kind.MANY_SERVICES ? MANY : FEW;
    }

    private String list(IntFunction<String> one) {
        return IntStream.range(0, size()).mapToObj(one).collect(Collectors.joining(",", "[", "]"));
    }

    private static String policy(String service) {
        return """
            apiVersion: signalbox.io/v1
            kind: TrafficPolicy
            service: %s
            timeout: 5s
            """.formatted(service);
    }

    private static String revision(String service) {
        return """
            {"revision":1,"at":"%s","by":"start","reason":"","change":"put","policy":{"apiVersion":"signalbox.io/v1",\
            "kind":"TrafficPolicy","service":"%s","timeout":"5s"}}\
            """.formatted(AT, service);
    }

    private static String certificate(int i) {
        return """
            {"sequence":%d,"serial":"%x","id":"spiffe://mesh/service/%s","service":"%s","instance":"%s-1","by":"mesh",\
            "origin":"","issuedAt":"%s","notAfter":"2026-03-03T10:00:00Z","state":"active"}\
            """.formatted(MANY - i, i, Crowd.name(i), Crowd.name(i), Crowd.name(i), AT);
    }

    private static String change(int i) {
        return """
            {"sequence":%d,"at":"%s","by":"somebody","reason":"","kind":"policy","subject":"%s","revision":1,\
            "change":"+timeout: 5s"}\
            """.formatted(MANY - i, AT, Crowd.name(i));
    }

    private static String event(int i) {
        return """
            {"sequence":%d,"at":"%s","event":{"type":"control-plane-started","mesh":"%s"}}\
            """.formatted(i + 1, AT, Crowd.name(i));
    }

    private static String access(int i) {
        return """
            {"service":"%s","policyRevision":1,"otherwise":"allow","mode":"enforce","rules":0,"others":"all","callers":[\
            {"source":"cart","reach":{"extent":"all","rules":[]},"requestsPerSecond":0.2,"denied":0,"wouldDeny":0}]}\
            """.formatted(Crowd.name(i));
    }

    private String twisted(String json) {
        return switch (kind) {
            case HARMLESS, HUGE -> json;
            case MANY_SERVICES -> Json.text(Crowd.of(MANY));
            case LONG_NAMES -> renamed(json, name -> name + "L".repeat(LONG));
            case TURNED_NAMES ->
                renamed(json, name -> "\\u202e\\u0007\\u001b[31m" + name + "\\u0000\\u2066\\ud83d\\ude00");
            case DEEP -> json.substring(0, json.length() - 1) + ",\"x\":" + "[".repeat(DEEP) + "]".repeat(DEEP) + "}";
            case NOT_A_NUMBER -> json.replaceAll("\"requestsPerSecond\":[0-9.]+", "\"requestsPerSecond\":NaN");
        };
    }

    private static String renamed(String json, UnaryOperator<String> by) {
        return json.replaceAll("\"(name|note)\":\"([a-z0-9-]+)\"", "\"$1\":\"" + escaped(by.apply("$2")) + "\"");
    }

    /** A replacement in which only the group is one. */
    private static String escaped(String text) {
        return text.replace("\\", "\\\\");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
