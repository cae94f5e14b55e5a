package io.signalbox.mesh.controlplane.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.mesh.client.json.Json;
import io.signalbox.mesh.controlplane.Doorkeeper;
import io.signalbox.mesh.controlplane.TestMesh;
import io.signalbox.mesh.model.BreakerState;
import io.signalbox.mesh.model.status.InstanceStatus.Serving;
import io.signalbox.mesh.model.status.MeshSnapshot;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.type.TypeReference;
import tools.jackson.dataformat.yaml.YAMLMapper;

class ControlPlaneApiTest {

    private final HttpMesh http = new HttpMesh();

    @AfterEach
    void stop() {
        http.close();
    }

    @Test
    void everyRouteStandsInTheOpenApiDocumentAndTheOtherWayRound() {
        Map<?, ?> document = new YAMLMapper().readValue(ProbeRoutes.openApi(), Map.class);
        TreeSet<String> documented = new TreeSet<>();
        ((Map<?, ?>) Objects.requireNonNull(document.get("paths")))
                .forEach((path, methods) -> ((Map<?, ?>) methods)
                        .keySet().stream()
                                .map(String::valueOf)
                                .filter(method -> !method.equals("parameters"))
                                .forEach(method -> documented.add(method.toUpperCase(Locale.ROOT) + " " + path)));
        TreeSet<String> served = new Routes(
                        new Surroundings(http.mesh.controlPlane, Doorkeeper.of(http.token), (_, _) -> {}, () -> true))
                .all().stream()
                        .map(route -> route.method() + " " + route.path())
                        .collect(Collectors.toCollection(TreeSet::new));

        assertThat(documented).isEqualTo(served);
    }

    @Test
    void healthSaysWhatTheReferenceSays() {
        assertThat(http.get("/health").body()).isEqualTo("{\"status\":\"healthy\",\"service\":\"control-plane\"}");
        assertThat(http.get("/metrics").body()).isEqualTo("signalbox_requests_total 1\n");
        assertThat(http.get("/openapi.yaml").body()).startsWith("openapi: 3.1.0");
    }

    @Test
    void anInstanceRegistersInTheReferencesOwnJson() {
        HttpResponse<String> answer = http.post("/api/v1/services/register", """
            {"service_name":"user-service","instance_id":"","host":"localhost","port":8080,"protocol":"http",
             "metadata":{"version":"1.0","region":"us-west"},"health":"healthy",
             "registered_at":"0001-01-01T00:00:00Z","last_heartbeat":"0001-01-01T00:00:00Z","later_field":1}\
            """);

        assertThat(answer.statusCode()).isEqualTo(200);
        Map<String, Object> held = Json.read(answer.body(), new TypeReference<>() {});
        assertThat(held)
                .containsEntry("service_name", "user-service")
                .containsEntry("instance_id", "user-service-localhost-8080")
                .containsEntry("health", "healthy")
                .containsEntry("registered_at", http.mesh.time.instant().toString());
        assertThat(http.get("/api/v1/services/user-service").body()).startsWith("[{\"service_name\":\"user-service\"");
        assertThat(http.get("/api/v1/services").body())
                .contains("\"catalog\":[{")
                .contains("\"user-service\":[{");
    }

    @Test
    void whatGoLeavesOutIsFilledIn() {
        HttpResponse<String> answer = http.post(
                "/api/v1/services/register", "{\"service_name\":\"a\",\"host\":\"h\",\"port\":1,\"metadata\":null}");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("\"protocol\":\"http\"").contains("\"health\":\"unknown\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"service_name\":\"Upper\",\"host\":\"h\",\"port\":1}",
                "{\"service_name\":\"a\",\"host\":\"h\",\"port\":0}",
                "{\"service_name\":\"a\",\"host\":\"h\"}",
                "{\"service_name\":\"a\",\"host\":\"\",\"port\":1}",
                "{\"service_name\":\"a\",\"host\":\"h\",\"port\":\"x\"}",
                "{\"service_name\":\"a\",\"host\":\"h\",\"port\":1,\"protocol\":\"smtp\"}",
                "{\"service_name\":\"a\",\"host\":\"h\",\"port\":1,\"health\":\"fine\"}",
                ""
            })
    void anInvalidRegistrationIsRefused(String body) {
        HttpResponse<String> answer = http.post("/api/v1/services/register", body);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("(expected: ");
    }

    @Test
    void heartbeatsAndDeregistrationTakeOneInstanceOrAll() {
        http.mesh.time.advance(Duration.ofSeconds(3));

        assertThat(http.post("/api/v1/services/catalog/heartbeat?instance_id=catalog-1", "")
                        .statusCode())
                .isEqualTo(204);
        assertThat(http.mesh.registry.instances("catalog").getFirst().lastHeartbeat())
                .isEqualTo(http.mesh.time.instant());
        assertThat(http.post("/api/v1/services/catalog/heartbeat?instance_id=nobody", "")
                        .statusCode())
                .isEqualTo(404);
        assertThat(http.send("DELETE", "/api/v1/services/catalog?instance_id=catalog-1", null)
                        .statusCode())
                .isEqualTo(204);
        assertThat(http.mesh.registry.instances("catalog")).hasSize(2);
        assertThat(http.send("DELETE", "/api/v1/services/catalog", null).statusCode())
                .isEqualTo(204);
        assertThat(http.get("/api/v1/services/catalog").statusCode()).isEqualTo(404);
    }

    @Test
    void aPolicyIsReadPutAndTakenBack() {
        HttpResponse<String> put = http.put(
                "/api/v1/policies/catalog?by=mira&reason=why%20not",
                TestMesh.CANARY, "Content-Type", "application/yaml");

        assertThat(put.statusCode()).isEqualTo(200);
        assertThat(put.headers().firstValue("ETag")).contains("\"1\"");
        HttpResponse<String> yaml = http.get("/api/v1/policies/catalog", "Accept", "application/yaml");
        assertThat(yaml.body()).contains("candidate: v2").contains("initialWeight: 10");
        assertThat(http.get("/api/v1/policies/catalog").body()).contains("\"candidate\" : \"v2\"");
        assertThat(http.get("/api/v1/policies/catalog/history").body())
                .contains("\"by\":\"mira\"")
                .contains("\"reason\":\"why not\"");
        assertThat(http.post("/api/v1/policies/catalog/undo", "").statusCode()).isEqualTo(200);
        assertThat(http.get("/api/v1/policies").body()).isEqualTo("{}");
        assertThat(http.send("DELETE", "/api/v1/policies/catalog", null).statusCode())
                .isEqualTo(404);
    }

    @Test
    void aStalePolicyIsRefusedWithTheCurrentText() {
        http.mesh.put(TestMesh.CANARY);
        HttpResponse<String> answer = http.put(
                "/api/v1/policies/catalog", TestMesh.CANARY, "Content-Type", "application/yaml", "If-Match", "\"7\"");

        assertThat(answer.statusCode()).isEqualTo(412);
        assertThat(answer.headers().firstValue("ETag")).contains("\"1\"");
        assertThat(answer.body()).contains("\"current\":").contains("candidate: v2");
        assertThat(http.put(
                                "/api/v1/policies/catalog",
                                TestMesh.CANARY,
                                "Content-Type",
                                "application/yaml",
                                "If-Match",
                                "\"1\"")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void anInvalidPolicyIsRefusedWithItsPlaceAndTheOldOneHolds() {
        http.mesh.put(TestMesh.CANARY);
        HttpResponse<String> answer = http.put(
                "/api/v1/policies/catalog", TestMesh.CANARY.replace("10", "120"), "Content-Type", "application/yaml");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body())
                .contains("\"field\":\"canary.initialWeight\"")
                .contains("\"value\":\"120\"")
                .contains("\"expected\":\"0..100\"")
                .contains("\"line\":4");
        assertThat(http.mesh.controlPlane.policies().current("catalog").revision())
                .isEqualTo(1);
        assertThat(http.put("/api/v1/policies/cart", TestMesh.CANARY, "Content-Type", "application/yaml")
                        .body())
                .contains("service: catalog (expected: cart, as in the path)");
    }

    @Test
    void weightsMoveTraffic() {
        http.mesh.put(TestMesh.CANARY);
        HttpResponse<String> answer =
                http.post("/api/v1/canaries/catalog/weight", "{\"weights\":{\"v2\":30},\"by\":\"mira\"}");

        assertThat(answer.body())
                .isEqualTo("{\"service\":\"catalog\",\"revision\":2,\"weights\":{\"v1\":70,\"v2\":30}}");
        assertThat(http.get("/api/v1/canaries/catalog").body())
                .contains("\"asked\":30")
                .contains("\"kind\":\"canary\"");
        assertThat(http.get("/api/v1/canaries/cart").statusCode()).isEqualTo(404);
        assertThat(http.post("/api/v1/canaries/catalog/weight", "{\"weights\":{\"v9\":30}}")
                        .statusCode())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "shoppers-%3Ecatalog",
                "shoppers:catalog",
                "shoppers%3Acatalog",
                "shoppers-1-%3Ecatalog-1",
                "shoppers%E2%86%92catalog"
            })
    void circuitsAreMovedByAnyOfTheirNames(String name) {
        http.mesh.shoppers.circuit("catalog", "catalog-1", BreakerState.CLOSED, null);
        http.mesh.tick();

        assertThat(http.post("/api/v1/breakers/" + name + "/open", "{\"by\":\"mira\",\"reason\":\"drill\"}")
                        .body())
                .isEqualTo("{\"moved\":1}");
        assertThat(http.get("/api/v1/breakers").body())
                .contains("\"state\":\"forced-open\"")
                .contains("\"note\":\"drill\"");
        assertThat(http.post("/api/v1/breakers/" + name + "/reset", "").statusCode())
                .isEqualTo(200);
        assertThat(http.post("/api/v1/breakers/cart-%3Epayment/open", "").statusCode())
                .isEqualTo(404);
    }

    @Test
    void instancesAreDrainedAndPutBack() {
        assertThat(http.post("/api/v1/services/catalog/instances/catalog-2/drain", "")
                        .statusCode())
                .isEqualTo(204);
        assertThat(http.mesh.controlPlane.members().members().get("catalog"))
                .extracting(member -> member.serving())
                .containsExactly(Serving.SERVING, Serving.DRAINING, Serving.SERVING);
        assertThat(http.post("/api/v1/services/catalog/instances/catalog-2/undrain", "")
                        .statusCode())
                .isEqualTo(204);
        assertThat(http.post("/api/v1/services/catalog/instances/nobody/drain", "")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void withoutADemoThereIsNothingToSwitch() {
        assertThat(http.get("/api/v1/scenario").statusCode()).isEqualTo(404);
        assertThat(http.post("/api/v1/scenario/faults/payment-burst/on", "").body())
                .contains("scenario: none (expected: a running demo");
        assertThat(http.put("/api/v1/scenario/load", "{\"requestsPerSecond\":5}", "Content-Type", "application/json")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void theSnapshotIsReadBackEqual() {
        http.mesh.put(TestMesh.CANARY);
        http.mesh
                .shoppers
                .calls(9, "catalog", "v1", "catalog-1")
                .calls(1, "catalog", "v2", "catalog-v2-1")
                .circuit("catalog", "catalog-1", BreakerState.OPEN, "drill");
        MeshSnapshot snapshot = http.mesh.tick();

        assertThat(Json.read(http.get("/api/v1/snapshot").body(), MeshSnapshot.class))
                .isEqualTo(snapshot);
        assertThat(http.get("/api/v1/topology").body()).contains("\"id\":\"shoppers->catalog\"");
    }

    @Test
    void eventsAreReadFromASequenceOn() {
        http.mesh.put(TestMesh.CANARY);
        long last = http.mesh.events.lastSequence();

        String body = http.get("/api/v1/events?after=" + (last - 1)).body();
        assertThat(body)
                .startsWith("[{\"sequence\":" + last)
                .contains("\"type\":\"policy-changed\"")
                .contains("\"subject\":\"catalog\"");
        assertThat(http.get("/api/v1/events?limit=x").statusCode()).isEqualTo(400);
    }

    @Test
    void theStreamBeginsWithTheNewestSnapshotAndGoesOn() throws IOException {
        try (Socket socket = stream("/api/v1/stream", "0")) {
            BufferedReader lines = reader(socket);
            assertThat(next(lines, "event:")).isEqualTo("event: snapshot");
            long first = sequence(next(lines, "id: "));
            http.mesh.tick();
            assertThat(sequence(next(lines, "id: "))).isEqualTo(first + 1);
            assertThat(Json.read(next(lines, "data: ").substring(6), MeshSnapshot.class)
                            .sequence())
                    .isEqualTo(first + 1);
        }
    }

    @Test
    void theStreamDoesNotRepeatWhatTheCallerSaw() throws IOException {
        long seen = http.mesh.tick().sequence();
        try (Socket socket = stream("/api/v1/stream", Long.toString(seen))) {
            BufferedReader lines = reader(socket);
            next(lines, "Content-Type: text/event-stream");
            http.mesh.tick();
            assertThat(sequence(next(lines, "id: "))).isEqualTo(seen + 1);
        }
    }

    @Test
    void eventsAreStreamedWithoutAGap() throws IOException {
        long last = http.mesh.events.lastSequence();
        try (Socket socket = stream("/api/v1/events", Long.toString(last - 1))) {
            BufferedReader lines = reader(socket);
            assertThat(sequence(next(lines, "id: "))).isEqualTo(last);
            http.mesh.put(TestMesh.CANARY);
            assertThat(sequence(next(lines, "id: "))).isEqualTo(last + 1);
        }
    }

    @Test
    void streamsEndWhenTheServerStops() throws IOException {
        try (Socket socket = stream("/api/v1/stream", "0")) {
            BufferedReader lines = reader(socket);
            next(lines, "data: ");
            http.server.close();
            assertThat(lines.lines().filter(line -> line.startsWith("data: ")).toList())
                    .isEqualTo(List.of());
        }
    }

    private static long sequence(String line) {
        return Long.parseLong(line.substring(line.indexOf('-') + 1));
    }

    private Socket stream(String path, String lastSeen) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), http.server.port());
        socket.setSoTimeout(5_000);
        socket.getOutputStream()
                .write(("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + http.server.port()
                                + "\r\nAuthorization: Bearer " + http.token.text()
                                + "\r\nAccept: text/event-stream\r\nLast-Event-ID: " + lastSeen + "\r\n\r\n")
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
        throw new AssertionError("The stream ended before " + start);
    }
}
