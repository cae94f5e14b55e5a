package io.signalbox.mesh.controlplane.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.mesh.client.TokenInfo;
import io.signalbox.mesh.client.TokenRequest;
import io.signalbox.mesh.client.TokenScope;
import io.signalbox.mesh.controlplane.TestMesh;
import io.signalbox.mesh.model.status.MeshSnapshot;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Requests that must have no effect, as bytes on a socket; each is answered with a refusal and changes nothing. */
class ForgedRequestsTest {

    private static HttpMesh http;
    private static Map<String, String> secrets;

    @BeforeAll
    static void start() {
        http = new HttpMesh();
        http.tokens.create(
                new TokenRequest(
                        Optional.of("late"), new TokenScope.Admin(), Duration.ofSeconds(1), TokenInfo.Uses.MANY),
                TestMesh.NOTE);
        String expired = http.tokens
                .create(
                        new TokenRequest(
                                Optional.of("expired"),
                                new TokenScope.Admin(),
                                Duration.ofSeconds(1),
                                TokenInfo.Uses.MANY),
                        TestMesh.NOTE)
                .token();
        http.trustTime.advance(Duration.ofSeconds(2));
        String revoked = http.tokens
                .create(
                        new TokenRequest(
                                Optional.of("revoked"),
                                new TokenScope.Admin(),
                                Duration.ofHours(1),
                                TokenInfo.Uses.MANY),
                        TestMesh.NOTE)
                .token();
        http.tokens.revoke("revoked", TestMesh.NOTE);
        String once = http.tokens
                .create(
                        new TokenRequest(
                                Optional.of("once"),
                                new TokenScope.Sidecar("catalog"),
                                Duration.ofHours(1),
                                TokenInfo.Uses.ONCE),
                        TestMesh.NOTE)
                .token();
        String owner = http.token.text();
        secrets = Map.of(
                "OWNER",
                owner,
                "ALMOST",
                owner.substring(0, owner.length() - 1) + (owner.endsWith("A") ? "B" : "A"),
                "READ",
                http.token("read"),
                "OPERATE",
                http.token("operate"),
                "SIDECAR",
                http.token("sidecar:catalog"),
                "EXPIRED",
                expired,
                "REVOKED",
                revoked,
                "ONCE",
                once);
    }

    @AfterAll
    static void stop() {
        http.close();
    }

    static Stream<Arguments> forgeries() {
        return Forgeries.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("forgeries")
    void aForgedRequestIsRefusedAndChangesNothing(String what, String start, String body, List<String> headers)
            throws IOException {
        List<String> before = state();

        String answer = answer(start, body, headers);

        assertThat(answer).as(what).matches("(?s)HTTP/1\\.1 (4\\d\\d|501|505) .*");
        assertThat(state()).as(what + " → " + answer.lines().findFirst()).isEqualTo(before);
        assertThat(answer.toLowerCase(Locale.ROOT)).doesNotContain("access-control-", "exception", "\tat ");
        assertThat(secrets.values()).as("no secret comes back").noneMatch(answer::contains);
    }

    /** The same requests without what is forged do have an effect, so the test above can fail. */
    @Test
    void anHonestRequestHasAnEffect() throws IOException {
        HttpMesh shared = http;
        try (HttpMesh own = new HttpMesh()) {
            http = own;
            for (Arguments honest : List.of(
                    Forgeries.row(
                            "",
                            Forgeries.PUT,
                            Forgeries.POLICY,
                            Forgeries.HOST,
                            "Authorization: Bearer HONEST",
                            Forgeries.YAML),
                    Forgeries.row(
                            "",
                            Forgeries.REGISTER,
                            Forgeries.INSTANCE,
                            Forgeries.HOST,
                            "Authorization: Bearer HONEST",
                            Forgeries.JSON),
                    Forgeries.row("", Forgeries.DRAIN, "", Forgeries.HOST, "Authorization: Bearer HONEST"),
                    Forgeries.row(
                            "",
                            Forgeries.TOKENS,
                            Forgeries.TOKEN,
                            Forgeries.HOST,
                            "Authorization: Bearer HONEST",
                            Forgeries.JSON))) {
                List<String> before = state();
                @SuppressWarnings("unchecked")
                List<String> headers = ((List<String>) honest.get()[3])
                        .stream()
                                .map(header -> header.replace("HONEST", own.token.text()))
                                .toList();
                String answer = answer(honest.get()[1].toString(), honest.get()[2].toString(), headers);
                assertThat(answer).startsWith("HTTP/1.1 20");
                assertThat(state()).as(answer).isNotEqualTo(before);
            }
        } finally {
            http = shared;
        }
    }

    @Test
    void thereAreManyKinds() {
        assertThat(forgeries().count()).isGreaterThanOrEqualTo(100);
    }

    /** All that a request could have changed. */
    private static List<String> state() {
        MeshSnapshot snapshot = http.mesh.controlPlane.snapshot();
        return List.of(
                "store " + http.mesh.store.revision(),
                "instances " + http.mesh.controlPlane.members().instances(),
                "services " + snapshot.services(),
                "breakers " + snapshot.breakers(),
                "events " + http.mesh.events.lastSequence());
    }

    private static String answer(String start, String body, List<String> headers) throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add(start + " HTTP/1.1");
        lines.addAll(headers);
        if (!body.isEmpty()) {
            lines.add("Content-Length: " + body.getBytes(StandardCharsets.UTF_8).length);
        }
        lines.add("Connection: close");
        String text = String.join("\r\n", lines) + "\r\n\r\n" + body;
        for (Map.Entry<String, String> secret : secrets.entrySet()) {
            text = text.replace(secret.getKey(), secret.getValue());
        }
        text = text.replace("PORT", Integer.toString(http.server.port()));
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), http.server.port())) {
            socket.setSoTimeout(5_000);
            return exchange(socket, text.getBytes(StandardCharsets.UTF_8));
        }
    }

    private static String exchange(Socket socket, byte[] request) throws IOException {
        try {
            socket.getOutputStream().write(request);
        } catch (IOException e) {
            // It may refuse and close before it has read all; what it answered is there nevertheless.
        }
        StringBuilder answer = new StringBuilder();
        byte[] bytes = new byte[8_192];
        try {
            for (int read = socket.getInputStream().read(bytes);
                    read > 0;
                    read = socket.getInputStream().read(bytes)) {
                answer.append(new String(bytes, 0, read, StandardCharsets.ISO_8859_1));
            }
        } catch (SocketException | SocketTimeoutException e) {
            // A reset after the answer, for the same reason; or none is closed, as after CONNECT.
        }
        return answer.toString();
    }
}
