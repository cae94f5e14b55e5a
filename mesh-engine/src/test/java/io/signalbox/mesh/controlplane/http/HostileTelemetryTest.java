package io.signalbox.mesh.controlplane.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.mesh.client.attach.ChangeForm;
import io.signalbox.mesh.client.attach.SidecarStatus;
import io.signalbox.mesh.controlplane.AttachedSidecar;
import io.signalbox.mesh.model.status.ServiceKind;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Collections;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a sidecar that does not mean well says that it counted. */
final class HostileTelemetryTest {

    private static final String EDGE = "{\"destination\":\"reviews\",\"version\":\"v1\",\"endpoint\":\"reviews-1\","
            + "\"protocol\":\"http\",\"channel\":\"plain\",\"ended\":[{\"code\":200,\"by\":\"upstream\",\"count\":1}],"
            + "\"retries\":{\"reset\":1},\"splitDraws\":0,\"latency\":[1000,1],\"inFlight\":0,\"maxInFlight\":0}";
    private static final String CIRCUIT = "{\"destination\":\"reviews\",\"endpoint\":\"reviews-1\","
            + "\"state\":\"closed\",\"since\":\"2026-01-01T00:00:00Z\",\"failuresInARow\":0,\"trialsAdmitted\":0,"
            + "\"trialsSucceeded\":0,\"config\":{\"failureThreshold\":5,\"successThreshold\":2,"
            + "\"openDuration\":\"60s\",\"halfOpenRequests\":3},\"refused\":0}";
    private static final String ACCESS = "{\"source\":\"one\",\"decision\":\"denied\",\"rule\":\"\","
            + "\"method\":\"GET\",\"path\":\"/\",\"count\":1}";

    private final HttpMesh http = new HttpMesh();
    private final String secret = http.token("sidecar:catalog");

    @BeforeEach
    void attach() {
        AttachedSidecar _ = http.mesh
                .controlPlane
                .attached()
                .open("catalog", "catalog-9", ServiceKind.SERVICE, ChangeForm.SERVICES);
    }

    @AfterEach
    void stop() {
        http.close();
    }

    @Test
    void whatIsWholeIsTaken() {
        HttpResponse<String> answer = tell(EDGE, CIRCUIT, ACCESS);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(204);
        http.mesh.tick();
        assertThat(http.mesh.controlPlane.snapshot().breakers()).hasSize(1);
        assertThat(calls()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"state\":\"closed\"",
                "\"since\":\"2026-01-01T00:00:00Z\"",
                "\"config\":{\"failureThreshold\":5,\"successThreshold\":2,\"openDuration\":\"60s\",\"halfOpenRequests\":3}",
                "\"destination\":\"reviews\"",
                "\"endpoint\":\"reviews-1\""
            })
    void aCircuitThatMissesAPartIsRefused(String part) {
        refused("", CIRCUIT.replace(part, part.substring(0, part.indexOf(':')) + ":null"), "");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"destination\":\"reviews\"",
                "\"version\":\"v1\"",
                "\"endpoint\":\"reviews-1\"",
                "\"protocol\":\"http\"",
                "\"channel\":\"plain\"",
                "\"by\":\"upstream\""
            })
    void anEdgeThatMissesAPartIsRefused(String part) {
        refused(EDGE.replace(part, part.substring(0, part.indexOf(':')) + ":null"), "", "");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"count\":-1",
                "\"count\":9223372036854775807",
                "\"code\":70000",
                "\"retries\":{\"reset\":-1}",
                "\"splitDraws\":-1",
                "\"latency\":[-1,1]",
                "\"latency\":[1,-1]",
                "\"latency\":[1]",
                "\"inFlight\":-1",
                "\"maxInFlight\":-1"
            })
    void anEdgeWithANumberThatCannotBeIsRefused(String part) {
        String name = part.substring(0, part.indexOf(':'));
        refused(EDGE.replaceFirst(name + ":(\\[[0-9,]*]|\\{\"reset\":1}|\\d+)", part), "", "");
    }

    @Test
    void aCircuitWithANegativeNumberIsRefused() {
        refused("", CIRCUIT.replace("\"refused\":0", "\"refused\":-1"), "");
    }

    @Test
    void oneLongCallTakesNoMoreRoomThanADay() {
        String long1 = EDGE.replace("[1000,1]", "[9223372036854775807,1]");

        for (int i = 0; i < 3; i++) {
            assertThat(tell(String.join(",", Collections.nCopies(2_000, long1)), "", "")
                            .statusCode())
                    .isEqualTo(204);
        }
        http.mesh.tick();

        assertThat(calls()).isEqualTo(6_000);
        assertThat(http.mesh.controlPlane.snapshot().edges())
                .filteredOn(edge -> edge.id().source().equals("catalog"))
                .extracting(edge -> edge.stats().latency())
                .singleElement()
                .satisfies(latency -> assertThat(Duration.ofNanos(latency.maxNanos()))
                        .isBetween(Duration.ofHours(23), Duration.ofHours(25)));
    }

    @Test
    void inventedCallersDoNotPushOtherEventsOut() {
        String callers = IntStream.range(0, 4_096)
                .mapToObj(n -> ACCESS.replace("\"one\"", "\"s" + n + "\""))
                .collect(Collectors.joining(","));
        long before = http.mesh.events.lastSequence();

        assertThat(tell("", "", callers).statusCode()).isEqualTo(204);
        http.mesh.tick();

        assertThat(http.mesh.events.lastSequence() - before).isBetween(1L, 4L);
    }

    @Test
    void oneCircuitShowsOnce() {
        tell("", String.join(",", Collections.nCopies(1_000, CIRCUIT)), "");
        http.mesh.tick();

        assertThat(http.mesh.controlPlane.snapshot().breakers()).hasSize(1);
    }

    @Test
    void ofWhatItRefusesOnlySoMuchIsKept() {
        String refusals = IntStream.range(0, 900)
                .mapToObj(_ -> "{\"service\":\"\",\"revision\":1,\"why\":\"" + "w".repeat(1_000) + "\"}")
                .collect(Collectors.joining(","));

        assertThat(http.as(
                                secret,
                                "POST",
                                "/api/v1/sidecars/acknowledge",
                                "{\"service\":\"catalog\",\"instance\":\"catalog-9\",\"revision\":1,\"refused\":["
                                        + refusals + "]}")
                        .statusCode())
                .isEqualTo(204);

        assertThat(http.mesh.controlPlane.attached().list())
                .singleElement()
                .extracting(SidecarStatus::refused)
                .satisfies(kept -> assertThat(kept)
                        .hasSize(20)
                        .allSatisfy(one -> assertThat(one.why()).hasSize(300)));
    }

    private void refused(String edge, String circuit, String access) {
        HttpResponse<String> answer = tell(edge, circuit, access);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        http.mesh.tick();
        assertThat(calls()).isZero();
    }

    private long calls() {
        return http.mesh.controlPlane.snapshot().edges().stream()
                .filter(edge -> edge.id().source().equals("catalog"))
                .mapToLong(edge -> edge.stats().totalRequests())
                .sum();
    }

    private HttpResponse<String> tell(String edges, String circuits, String access) {
        return http.as(
                secret,
                "POST",
                "/api/v1/sidecars/telemetry",
                "{\"service\":\"catalog\",\"instance\":\"catalog-9\",\"edges\":[" + edges + "],\"circuits\":["
                        + circuits + "],\"access\":[" + access + "]}");
    }
}
