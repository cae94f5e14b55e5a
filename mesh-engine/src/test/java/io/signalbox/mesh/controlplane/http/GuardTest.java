package io.signalbox.mesh.controlplane.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.mesh.controlplane.Doorkeeper;
import io.signalbox.mesh.model.InvalidValueException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GuardTest {

    private static HttpMesh http;

    @BeforeAll
    static void start() {
        http = new HttpMesh();
    }

    @AfterAll
    static void stop() {
        http.close();
    }

    @Test
    void withoutATokenNothingIsAnswered() {
        HttpResponse<String> answer =
                http.send(HttpRequest.newBuilder(http.uri("/api/v1/snapshot")).build());

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Bearer realm=\"signalbox\"");
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    }

    @Test
    void withoutATokenNobodyLearnsWhichPathsExist() {
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(http.uri("/api/v1/nothing-here")).build());

        assertThat(answer.statusCode()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer wrong", "Bearer ", "Bearer", "Basic dXNlcjpwYXNz", "wrong"})
    void aWrongTokenIsRefused(String authorization) {
        HttpResponse<String> answer = http.send(HttpRequest.newBuilder(http.uri("/api/v1/snapshot"))
                .header("Authorization", authorization)
                .build());

        assertThat(answer.statusCode()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health", "/ready", "/metrics"})
    void probesNeedNoToken(String path) {
        assertThat(http.send(HttpRequest.newBuilder(http.uri(path)).build()).statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "evil.example, 421",
        "127.0.0.1, 421",
        "127.0.0.1:1, 421",
        "localhost.evil.example:PORT, 421",
        "0.0.0.0:PORT, 421",
        "127.0.0.1:PORT, 200",
        "localhost:PORT, 200",
        "LOCALHOST:PORT, 200",
        "[::1]:PORT, 200"
    })
    void onlyItsOwnHostNamesAreServed(String host, int status) throws IOException {
        String given = host.replace("PORT", Integer.toString(http.server.port()));

        assertThat(raw("GET /health HTTP/1.1\r\nHost: " + given + "\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 " + status + " ");
    }

    @ParameterizedTest
    @CsvSource({
        "Origin, http://evil.example, 403",
        "Origin, null, 403",
        "Origin, https://127.0.0.1:PORT, 403",
        "Origin, http://127.0.0.1:PORT, 200",
        "Sec-Fetch-Site, cross-site, 403",
        "Sec-Fetch-Site, same-site, 403",
        "Sec-Fetch-Site, same-origin, 200",
        "Sec-Fetch-Site, none, 200"
    })
    void aForeignPageIsRefusedEvenWithTheToken(String header, String value, int status) {
        HttpResponse<String> answer =
                http.get("/api/v1/services", header, value.replace("PORT", Integer.toString(http.server.port())));

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().map().keySet()).noneMatch(name -> name.startsWith("access-control"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", ""})
    void onlyJsonIsRead(String contentType) {
        HttpResponse<String> answer = contentType.isEmpty()
                ? http.send("POST", "/api/v1/services/register", "{}")
                : http.send("POST", "/api/v1/services/register", "{}", "Content-Type", contentType);

        assertThat(answer.statusCode()).isEqualTo(415);
        assertThat(answer.body()).contains("\"expected\":\"application/json\"");
    }

    @Test
    void aBodyAboveTheLimitIsRefused() {
        String large = "{\"service_name\": \"" + "x".repeat(Call.MAX_BODY) + "\"}";

        assertThat(http.post("/api/v1/services/register", large).statusCode()).isEqualTo(413);
    }

    @Test
    void malformedJsonIsRefusedWithItsPlace() {
        HttpResponse<String> answer =
                http.post("/api/v1/canaries/catalog/weight", "{\n  \"weights\": {\"v2\": 3,,}\n}");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("\"line\":2").contains("\"column\":").doesNotContain("jackson");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {"weights": {"v2": 120}}          | "field":"weights.v2","value":"120","expected":"0..100"
        {"weights": {"v2": "many"}}       | "field":"weights.v2"
        {"weights": {"v2": 1.5}}          | "field":"weights.v2"
        {"weight": {"v2": 1}}             | "field":"weight","value":"unknown field"
        {"weights": {"v2": 1, "v2": 2}}   | Duplicate
        {}                                | "field":"weights"
        []                                | a JSON object
        null                              | a JSON object
        """)
    void aWrongBodyIsRefusedWithFieldValueAndExpectation(String body, String part) {
        HttpResponse<String> answer = http.post("/api/v1/canaries/catalog/weight", body);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains(part).doesNotContain("java.").doesNotContain("Exception");
    }

    @Test
    void anotherMethodIsRefusedWithThoseThatAreAllowed() {
        HttpResponse<String> answer = http.send("PATCH", "/api/v1/policies/catalog", null);

        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("Allow")).contains("DELETE, GET, PUT");
    }

    @Test
    void anUnknownPathIsRefusedAsAProblem() {
        HttpResponse<String> answer = http.get("/api/v1/nothing-here");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).contains("\"status\":404").contains("/api/v1/nothing-here");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GARBAGE\r\n\r\n",
                "GET /health HTTP/1.1\r\n\r\n",
                "GET /a%zz HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nConnection: close\r\n\r\n"
            })
    void malformedRequestsAreRefusedWithoutAStackTrace(String request) throws IOException {
        String answer = raw(request.replace("PORT", Integer.toString(http.server.port())));

        assertThat(answer).startsWith("HTTP/1.1 4").doesNotContain("\tat ").doesNotContain("Exception");
    }

    @Test
    void aTakenPortIsRefusedInOneSentence() {
        assertThatThrownBy(() -> ControlPlaneServer.start(
                        http.mesh.controlPlane, Doorkeeper.of(http.token), http.server.port(), (_, _) -> {}))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("control-port: " + http.server.port()
                        + " (expected: a free port; another program listens there)");
    }

    private static String raw(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), http.server.port())) {
            socket.setSoTimeout(5_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }
}
