package io.signalbox.mesh.controlplane.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.mesh.controlplane.TestMesh;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams that are opened again after they broke. */
final class ResumedStreamTest {

    private final HttpMesh http = new HttpMesh();

    @AfterEach
    void stop() {
        http.close();
    }

    @Test
    void eventsGoOnAfterTheOneThatWasSeenLast() throws IOException {
        String seen;
        try (Socket socket = stream("/api/v1/events", "")) {
            BufferedReader lines = reader(socket);
            seen = next(lines, "id: ").substring(4);
        }
        long last = http.mesh.events.lastSequence();

        try (Socket socket = stream("/api/v1/events", seen)) {
            BufferedReader lines = reader(socket);
            assertThat(next(lines, "event: ")).isEqualTo("event: event");
            assertThat(next(lines, "id: ")).isEqualTo("id: " + run() + "-2");
        }
        assertThat(last).isGreaterThan(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"another-3", "RUN-999999", "999999", "<script>", "-1"})
    void whoSawWhatThisControlPlaneDoesNotHoldIsToldToLoadAnew(String seen) throws IOException {
        long last = http.mesh.events.lastSequence();
        try (Socket socket = stream("/api/v1/events", seen.replace("RUN", run()))) {
            BufferedReader lines = reader(socket);
            assertThat(next(lines, "event: ")).isEqualTo("event: reload");
            assertThat(next(lines, "id: ")).isEqualTo("id: " + run() + "-" + last);
            http.mesh.put(TestMesh.CANARY);
            assertThat(next(lines, "id: ")).isEqualTo("id: " + run() + "-" + (last + 1));
        }
    }

    @Test
    void aTapThatBrokeIsToldToLoadAnew() throws IOException {
        try (Socket socket = stream("/api/v1/requests", run() + "-17")) {
            assertThat(next(reader(socket), "event: ")).isEqualTo("event: reload");
        }
    }

    @Test
    void aSnapshotOfAnotherRunDoesNotCountAsSeen() throws IOException {
        long sequence = http.mesh.controlPlane.snapshot().sequence();
        try (Socket socket = stream("/api/v1/stream", "another-" + sequence)) {
            assertThat(next(reader(socket), "id: ")).isEqualTo("id: " + run() + "-" + sequence);
        }
    }

    private String run() {
        return http.mesh.controlPlane.run();
    }

    private Socket stream(String path, String lastSeen) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), http.server.port());
        socket.setSoTimeout(5_000);
        socket.getOutputStream()
                .write(("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + http.server.port()
                                + "\r\nAuthorization: Bearer " + http.token.text()
                                + "\r\nAccept: text/event-stream\r\n"
                                + (lastSeen.isEmpty() ? "" : "Last-Event-ID: " + lastSeen + "\r\n") + "\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private static BufferedReader reader(Socket socket) throws IOException {
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    private static String next(BufferedReader lines, String start) throws IOException {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith(start)) {
                return line;
            }
        }
        throw new AssertionError("The stream ended before a line that begins with " + start);
    }
}
