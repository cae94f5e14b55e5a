package io.signalbox.mesh.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.mesh.client.attach.ChangeForm;
import io.signalbox.mesh.client.json.Json;
import io.signalbox.mesh.client.json.JsonText;
import io.signalbox.mesh.controlplane.SidecarDetails.Untold;
import io.signalbox.mesh.event.MeshEvent;
import io.signalbox.mesh.explain.Records;
import io.signalbox.mesh.metrics.Channel;
import io.signalbox.mesh.metrics.CopyMeter;
import io.signalbox.mesh.metrics.EdgeInterval;
import io.signalbox.mesh.metrics.SidecarMetrics;
import io.signalbox.mesh.model.AnsweredBy;
import io.signalbox.mesh.model.BreakerState;
import io.signalbox.mesh.model.CircuitBreakerConfig;
import io.signalbox.mesh.model.CircuitReason;
import io.signalbox.mesh.model.EdgeId;
import io.signalbox.mesh.model.Protocol;
import io.signalbox.mesh.model.status.ServiceKind;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a sidecar tells is cut into what a control plane reads at a time. */
final class PiecesTest {

    private static final int MOST_OF_A_PIECE = 1 << 19;
    private static final int ENDPOINTS = 600;

    private final TestMesh mesh = new TestMesh();

    @AfterEach
    void stop() {
        mesh.close();
    }

    @Test
    void manyCircuitsAndEdgesAreAllKnownOnceTheLastPieceHasCome() {
        AttachedSidecars attached = mesh.controlPlane.attached();
        AttachedSidecar cart = attached.open("cart", "cart-1", ServiceKind.CLIENT, ChangeForm.SERVICES);
        SidecarMetrics metrics = new SidecarMetrics("cart", "cart-1", List::of);
        for (int i = 0; i < ENDPOINTS; i++) {
            mesh.register("many", "many-" + i, "v1");
            var edge = metrics.edge("many", "v1", "many-" + i, Protocol.HTTP, Channel.PLAIN);
            edge.begin();
            edge.end(200, AnsweredBy.UPSTREAM, null, 1_000_000);
        }
        SidecarReport report = new SidecarReport(
                metrics.drain(),
                IntStream.range(0, ENDPOINTS).mapToObj(PiecesTest::circuit).toList());

        List<SidecarTelemetry> pieces =
                SidecarTelemetry.of("cart", "cart-1", report).pieces();

        assertThat(pieces).hasSizeGreaterThan(2).allMatch(piece -> Json.bytes(piece).length <= MOST_OF_A_PIECE);
        long requests = 0;
        for (SidecarTelemetry piece : pieces) {
            SidecarReport soFar = cart.report();
            assertThat(soFar.circuits()).isEmpty();
            requests += requests(soFar);
            attached.telemetry(Json.readForeign(Json.text(piece), SidecarTelemetry.class));
        }
        SidecarReport last = cart.report();
        assertThat(last.circuits()).hasSize(ENDPOINTS);
        assertThat(requests + requests(last)).isEqualTo(ENDPOINTS);
    }

    @Test
    void whatThereIsNoRoomForApartIsCountedWithTheRest() {
        AttachedSidecars attached = mesh.controlPlane.attached();
        AttachedSidecar cart = attached.open("cart", "cart-1", ServiceKind.CLIENT, ChangeForm.SERVICES);
        SidecarMetrics metrics = new SidecarMetrics("cart", "cart-1", List::of);
        for (int i = 0; i < 2 * KnownNames.MOST_EDGES; i++) {
            mesh.register("many", "many-" + i, "v1");
            var edge = metrics.edge("many", "v1", "many-" + i, Protocol.HTTP, Channel.PLAIN);
            edge.begin();
            edge.end(200, AnsweredBy.UPSTREAM, null, 1_000_000);
            edge.begin();
        }
        SidecarTelemetry whole =
                SidecarTelemetry.of("cart", "cart-1", new SidecarReport(metrics.drain(), List.of(), List.of()));
        int half = KnownNames.MOST_EDGES;
        tell(attached, whole, whole.edges().subList(0, half), 1);
        tell(attached, whole, whole.edges().subList(half, 2 * half), 2);

        SidecarReport told = cart.report();

        assertThat(told.edges()).hasSize(KnownNames.MOST_EDGES + 1);
        assertThat(requests(told)).isEqualTo(2L * KnownNames.MOST_EDGES);
        assertThat(inFlight(told)).isEqualTo(2 * KnownNames.MOST_EDGES);
        assertThat(inFlight(cart.report())).isEqualTo(2 * KnownNames.MOST_EDGES);
    }

    @Test
    void copiesAreToldWithBothSidesAndOnlyToVersionsThatRun() {
        CopyMeter meter = new CopyMeter();
        meter.copied("catalog", "v2", 200, 5_000_000, 503, 7_000_000);
        meter.failed("catalog", "v2");
        meter.copied("catalog", "v9", 200, 1, 200, 1);
        SidecarReport report = new SidecarReport(List.of(), List.of(), List.of(), meter.drain());
        assertThat(meter.drain()).isEmpty();
        try (TestMesh mesh = new TestMesh()) {
            SidecarTelemetry told =
                    Json.readWhole(Json.text(SidecarTelemetry.of("cart", "cart-1", report)), SidecarTelemetry.class);

            assertThat(KnownNames.of(told, mesh.controlPlane.members()).copies())
                    .singleElement()
                    .satisfies(copies -> {
                        assertThat(copies.version()).isEqualTo("v2");
                        assertThat(copies.primary().requests()).isEqualTo(2);
                        assertThat(copies.primary().failures()).isEqualTo(1);
                        assertThat(copies.primary().latency().getTotalCount()).isEqualTo(1);
                        assertThat(copies.copy().requests()).isEqualTo(1);
                        assertThat(copies.copy().failures()).isEqualTo(1);
                    });
        }
    }

    private static void tell(
            AttachedSidecars attached, SidecarTelemetry whole, List<SidecarTelemetry.Edge> edges, int number) {
        attached.telemetry(new SidecarTelemetry(
                whole.service(),
                whole.instance(),
                edges,
                List.of(),
                List.of(),
                null,
                new SidecarTelemetry.Piece(number, 2)));
    }

    private static long requests(SidecarReport report) {
        return report.edges().stream().mapToLong(EdgeInterval::requests).sum();
    }

    private static int inFlight(SidecarReport report) {
        return report.edges().stream().mapToInt(EdgeInterval::inFlight).sum();
    }

    @Test
    void longPathsLoseNoMoveAndNoRequest() {
        SidecarDetails.Told request = new SidecarDetails.Told(
                Records.named("r", 500, null).line().withPath("/" + "x".repeat(10_000)),
                "0123456789abcdef",
                null,
                new JsonText(""),
                null);
        SidecarDetails.Move move = new SidecarDetails.Move(
                new MeshEvent.BreakerMoved(
                        new EdgeId("cart", "catalog"),
                        "cart-1",
                        "catalog-1",
                        BreakerState.CLOSED,
                        BreakerState.OPEN,
                        "5 failures in a row",
                        new CircuitReason.FailuresInARow(5)),
                5,
                1L,
                "run");
        SidecarDetails details = new SidecarDetails(
                "cart",
                "cart-1",
                Collections.nCopies(200, request),
                List.of(),
                List.of(move),
                List.of(),
                new Untold(1, 2, 3));

        List<SidecarDetails> pieces = details.pieces();

        assertThat(pieces).hasSizeGreaterThan(2).allMatch(piece -> Json.bytes(piece).length <= MOST_OF_A_PIECE);
        assertThat(pieces.getFirst().moves()).containsExactly(move);
        assertThat(pieces.getFirst().requests()).isEmpty();
        assertThat(pieces.getFirst().untold()).isEqualTo(details.untold());
        assertThat(pieces.stream().mapToLong(piece -> piece.requests().size())).contains(0L);
        assertThat(pieces.stream().mapToInt(piece -> piece.requests().size()).sum())
                .isEqualTo(200);
        assertThat(pieces.stream().mapToLong(piece -> piece.untold().sum()).sum())
                .isEqualTo(6);
    }

    private static CircuitReport circuit(int number) {
        return new CircuitReport(
                "many",
                "many-" + number,
                BreakerState.CLOSED,
                Instant.parse("2026-01-01T00:00:00Z"),
                null,
                0,
                0,
                0,
                CircuitBreakerConfig.DEFAULT,
                0,
                "n".repeat(1_000),
                "w".repeat(1_000),
                null);
    }
}
