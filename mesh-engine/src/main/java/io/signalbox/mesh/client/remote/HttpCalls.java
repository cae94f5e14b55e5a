package io.signalbox.mesh.client.remote;

import io.signalbox.mesh.client.MeshException;
import io.signalbox.mesh.client.json.Json;
import io.signalbox.mesh.client.json.MalformedJsonException;
import io.signalbox.mesh.config.AccessToken;
import io.signalbox.mesh.config.InvalidDocumentException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;

/** Calls to a control plane; every failure becomes a {@link MeshException} here. Safe from any thread. */
final class HttpCalls implements AutoCloseable {

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(20);
    /** What is longer is no answer of a control plane. */
    private static final long LONGEST = 64L << 20;

    /** A process may have hundreds of clients, each of a sidecar. */
    private static final Executor THREADS = Executors.newVirtualThreadPerTaskExecutor();

    /** Says that another control plane may do what this one cannot. */
    private static final String CUT_OFF = "Signalbox-Cut-Off";

    private static final String JSON = "application/json";
    private static final String YAML = "application/yaml";

    private final Addresses addresses;
    private final Optional<AccessToken> token;
    private final HttpClient client;

    /** @param token empty for a caller whose certificate says who it is */
    HttpCalls(Addresses addresses, Optional<AccessToken> token, Optional<SSLContext> tls) {
        this.addresses = addresses;
        this.token = token;
        HttpClient.Builder building = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .executor(THREADS)
                .connectTimeout(CONNECT)
                .followRedirects(HttpClient.Redirect.NEVER);
        tls.ifPresent(building::sslContext);
        this.client = building.build();
    }

    /** What the control plane answered. */
    record Answer(String body, Optional<String> etag) {

        /** For people to read: no text in it is long, or turns what stands around it. */
        <T> T as(Class<T> type) {
            return readable(() -> Json.readShown(body, type));
        }

        /** The same. */
        <T> T as(TypeReference<T> type) {
            return readable(() -> Json.readShown(body, type));
        }

        /** The same of a list of which so many were asked for. */
        <T> List<T> first(int limit, Class<T> each) {
            return readable(() -> Json.readShown(body, each, limit));
        }

        /** For programs: each text as it came. */
        <T> T exactly(Class<T> type) {
            return readable(() -> Json.readWhole(body, type));
        }

        long revision() {
            return etag.map(text -> text.replace("\"", ""))
                    .filter(text -> text.matches("\\d{1,18}"))
                    .map(Long::parseLong)
                    .orElse(0L);
        }

        private static <T> T readable(Supplier<T> reading) {
            try {
                return reading.get();
            } catch (MalformedJsonException e) {
                throw new MeshException(
                        MeshException.Kind.FAILED, "The control plane's answer cannot be read: " + e.getMessage());
            }
        }
    }

    Answer get(String path) {
        return send(request(path).header("Accept", JSON).GET());
    }

    Answer getYaml(String path) {
        return send(request(path).header("Accept", YAML).GET());
    }

    /** @param expected the revision that is to be replaced; empty for whichever there is */
    Answer putYaml(String path, String text, OptionalLong expected) {
        HttpRequest.Builder request = request(path)
                .header("Accept", YAML)
                .header("Content-Type", YAML)
                .PUT(BodyPublishers.ofString(text));
        expected.ifPresent(revision -> request.setHeader("If-Match", "\"" + revision + "\""));
        return send(request);
    }

    Answer put(String path, Object body) {
        return send(request(path).header("Content-Type", JSON).PUT(json(body)));
    }

    Answer post(String path, Object body) {
        return send(request(path).header("Content-Type", JSON).POST(json(body)));
    }

    /** Posts JSON about the revision that the caller saw, and asks for a document in YAML. */
    Answer postMatching(String path, Object body, OptionalLong expected) {
        HttpRequest.Builder request = request(path)
                .header("Accept", YAML)
                .header("Content-Type", JSON)
                .POST(json(body));
        expected.ifPresent(revision -> request.setHeader("If-Match", "\"" + revision + "\""));
        return send(request);
    }

    Answer delete(String path) {
        return send(request(path).DELETE());
    }

    /** Opens a stream of server-sent events; the caller closes it. */
    InputStream stream(String path, long lastSeen) {
        HttpRequest request = request(path)
                .header("Accept", "text/event-stream")
                .header("Last-Event-ID", Long.toString(lastSeen))
                .GET()
                .build();
        HttpResponse<InputStream> response = exchange(request, BodyHandlers.ofInputStream());
        if (response.statusCode() != 200) {
            try (InputStream body = response.body()) {
                throw refusal(response.statusCode(), new String(body.readAllBytes(), StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw refusal(response.statusCode(), "");
            }
        }
        return response.body();
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** Lets a document that is refused here look like one refused there. */
    static <T> T refusing(Supplier<T> reading) {
        try {
            return reading.get();
        } catch (InvalidDocumentException e) {
            throw new MeshException(MeshException.Kind.INVALID, String.valueOf(e.getMessage()));
        }
    }

    /** Lets what is under way end, a stream too, and takes nothing new. */
    void retire() {
        client.shutdown();
    }

    @Override
    public void close() {
        client.shutdownNow();
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(addresses.now().resolve(path)).timeout(ANSWER);
        token.ifPresent(secret -> request.header("Authorization", "Bearer " + secret.text()));
        return request;
    }

    private static BodyPublisher json(Object body) {
        return BodyPublishers.ofString(Json.text(body));
    }

    private Answer send(HttpRequest.Builder request) {
        HttpResponse<String> response = exchange(
                request.build(), BodyHandlers.limiting(BodyHandlers.ofString(StandardCharsets.UTF_8), LONGEST));
        if (response.statusCode() / 100 != 2) {
            throw refusal(response.statusCode(), response.body());
        }
        return new Answer(response.body(), response.headers().firstValue("ETag"));
    }

    /** Asks the next control plane where one cannot be reached; never twice for what may have been done. */
    private <T> HttpResponse<T> exchange(HttpRequest request, HttpResponse.BodyHandler<T> body) {
        for (int tries = 1; ; tries++) {
            URI address = addresses.now();
            try {
                HttpResponse<T> response = client.send(at(address, request), body);
                if (response.headers().firstValue(CUT_OFF).isPresent()) {
                    addresses.moveOn(address);
                }
                return response;
            } catch (IOException e) {
                ChangedCertificateException.in(e).ifPresent(changed -> {
                    throw new MeshException(MeshException.Kind.FORBIDDEN, String.valueOf(changed.getMessage()));
                });
                addresses.moveOn(address);
                if (tries >= addresses.count() || !mayBeRepeated(request, e)) {
                    throw new MeshException(
                            MeshException.Kind.UNAVAILABLE,
                            "control-plane: " + address + " does not answer (expected: a running mesh there"
                                    + because(e.getMessage()) + ")");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new MeshException(MeshException.Kind.UNAVAILABLE, "The call was interrupted");
            }
        }
    }

    private static HttpRequest at(URI address, HttpRequest request) {
        String query = request.uri().getRawQuery();
        URI there = address.resolve(request.uri().getRawPath() + (query == null ? "" : "?" + query));
        return there.equals(request.uri())
                ? request
                : HttpRequest.newBuilder(request, (_, _) -> true).uri(there).build();
    }

    /** What only reads, and what never left. */
    private static boolean mayBeRepeated(HttpRequest request, IOException failure) {
        return request.method().equals("GET")
                || failure instanceof ConnectException
                || failure instanceof HttpConnectTimeoutException;
    }

    private static String because(@Nullable String why) {
        return why == null || why.isBlank() ? "" : "; " + why;
    }

    private static MeshException refusal(int status, String body) {
        return new MeshException(kind(status), detail(status, body));
    }

    private static MeshException.Kind kind(int status) {
        return switch (status) {
            case 401, 403, 421 -> MeshException.Kind.FORBIDDEN;
            case 404 -> MeshException.Kind.NOT_FOUND;
            case 409, 412 -> MeshException.Kind.CONFLICT;
            case 502, 503, 504 -> MeshException.Kind.UNAVAILABLE;
            default -> status >= 500 ? MeshException.Kind.FAILED : MeshException.Kind.INVALID;
        };
    }

    private static String detail(int status, String body) {
        try {
            String detail = Json.read(body, Problem.class).detail();
            return detail == null || detail.isBlank() ? "HTTP " + status : detail;
        } catch (MalformedJsonException e) {
            return "HTTP " + status + " from something that is no control plane";
        }
    }

    private record Problem(@Nullable String detail) {}
}
