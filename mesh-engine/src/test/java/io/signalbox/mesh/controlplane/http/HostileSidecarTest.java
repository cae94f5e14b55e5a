package io.signalbox.mesh.controlplane.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.mesh.client.attach.ChangeForm;
import io.signalbox.mesh.client.json.Json;
import io.signalbox.mesh.controlplane.AttachedSidecar;
import io.signalbox.mesh.controlplane.SidecarDetails;
import io.signalbox.mesh.event.MeshEvent;
import io.signalbox.mesh.explain.RequestFilter;
import io.signalbox.mesh.explain.RequestLine;
import io.signalbox.mesh.model.BreakerState;
import io.signalbox.mesh.model.CircuitReason;
import io.signalbox.mesh.model.EdgeId;
import io.signalbox.mesh.model.status.ServiceKind;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A sidecar whose token is of the catalog, and which does not mean well. */
final class HostileSidecarTest {

    private static final String DETAILS = "/api/v1/sidecars/details";
    private static final String TRACE = "0123456789abcdef0123456789abcdef";

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
    void whatIsItsOwnIsTaken() {
        assertThat(tell(request("one", "")).statusCode()).isEqualTo(204);

        assertThat(held()).extracting(RequestLine::id).containsExactly("one");
    }

    @Test
    void itDoesNotTellForAnotherService() {
        String told = details(request("one", "")).replace("\"service\":\"catalog\"", "\"service\":\"payment\"");

        HttpResponse<String> answer = http.as(secret, "POST", DETAILS, told);

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("sidecar:payment or admin");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
        "source":"catalog"                | "source":"payment"
        "sourceInstance":"catalog-9"      | "sourceInstance":"catalog-1"
        "sourceInstance":"catalog-9"      | "sourceInstance":""
        "destination":"reviews"           | "destination":"../etc"
        "endpoint":"reviews-1"            | "endpoint":"a b"
        "traceId":"0123                   | "traceId":"zzzz
        "at":"2026-01-01T00:00:00Z"       | "at":"+1000000000-12-31T23:59:59.999999999Z"
        "at":"2026-01-01T00:00:00Z"       | "at":null
        "durationNanos":5                 | "durationNanos":-1
        "durationNanos":5                 | "durationNanos":9223372036854775807
        "status":200                      | "status":2000000000
        "spanId":"0123456789abcdef"       | "spanId":"\\u001b[2J"
        "method":"GET"                    | "method":null
        "authority":""                    | "authority":null
        "answeredBy":"upstream"           | "answeredBy":null
        "kept":"sampled"                  | "kept":null
        "source":"catalog"                | "source":null
        """)
    void whatCannotBeOfItIsLeftOut(String part, String forged) {
        String request = request("one", "");
        assertThat(request).contains(part);

        assertThat(tell(request.replace(part, forged)).statusCode()).isEqualTo(204);

        assertThat(held()).isEmpty();
        assertThat(untold()).isEqualTo(1);
    }

    @Test
    void noCharacterThatDrivesATerminalComesThrough() {
        tell(request("one", "").replace("\"path\":\"/\"", "\"path\":\"/\\u001b[2J\\u202e\\u0007\""));

        assertThat(held()).extracting(RequestLine::path).containsExactly("/\uFFFD[2J\uFFFD\uFFFD");
    }

    @Test
    void anExplanationThatCannotBeReadIsOneWithoutMoreThanTheLine() {
        tell(request("one", "{\\\"rules\\\": 7"));

        assertThat(http.get("/api/v1/requests/one/explain").body()).contains("\"certainty\":\"untold\"");
    }

    @ParameterizedTest
    @CsvSource({"certainty", "rules", "attempts"})
    void anExplanationThatMissesAPartIsOneWithoutMoreThanTheLine(String part) {
        String line = request("one", "").replaceFirst(".*\"line\":", "").replaceFirst("}$", "");
        String whole = "{\"request\":" + line
                + ",\"depth\":0,\"certainty\":\"replayed\",\"rules\":[],\"attempts\":[],\"refusedBy\":[]}";
        tell(request("whole", whole.replace("\"", "\\\"")));
        assertThat(http.get("/api/v1/requests/whole/explain").body()).contains("\"certainty\":\"replayed\"");

        tell(request(
                "one",
                whole.replaceFirst("\"" + part + "\":[^,]*", "\"" + part + "\":null")
                        .replace("\"", "\\\"")));

        assertThat(http.get("/api/v1/requests/one/explain").body()).contains("\"certainty\":\"untold\"");
    }

    @Test
    void halfACharacterDoesNotKeepOthersFromBeingTold() {
        tell(request("one", "").replace("\"path\":\"/\"", "\"path\":\"/\\ud800\""));

        assertThat(http.get("/api/v1/requests").body()).contains("\"path\":\"/\uFFFD\"");
    }

    @Test
    void aMoveThatMissesAPartIsLeftOut() {
        tellMoves(
                move("catalog", "catalog-9").replace("\"why\":\"5 failures in a row\"", "\"why\":null"),
                move("catalog", "catalog-9").replace("\"from\":\"closed\"", "\"from\":null"));

        assertThat(http.mesh.events(MeshEvent.BreakerMoved.class)).isEmpty();
        assertThat(untold()).isEqualTo(2);
    }

    @Test
    void aMoveThatIsToldAgainIsOneEvent() {
        String told = "{\"service\":\"catalog\",\"instance\":\"catalog-9\",\"moves\":[{\"agoMillis\":5,\"number\":7,"
                + "\"event\":" + move("catalog", "catalog-9") + "}]}";

        http.as(secret, "POST", DETAILS, told);
        http.as(secret, "POST", DETAILS, told);

        assertThat(http.mesh.events(MeshEvent.BreakerMoved.class)).hasSize(1);
        assertThat(untold()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"-1", "9223372036854775807"})
    void countsThatCannotBeAreRefused(String count) {
        HttpResponse<String> answer = http.as(
                secret,
                "POST",
                DETAILS,
                "{\"service\":\"catalog\",\"instance\":\"catalog-9\",\"untold\":{\"requests\":" + count
                        + ",\"spans\":0,\"moves\":0}}");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("0..1099511627776");
        assertThat(untold()).isZero();
    }

    @Test
    void sumsStayAtTheHighestNumber() {
        String told = "{\"service\":\"catalog\",\"instance\":\"catalog-9\",\"untold\":{\"requests\":1099511627776,"
                + "\"spans\":1099511627776,\"moves\":1099511627776}}";

        http.as(secret, "POST", DETAILS, told);
        http.as(secret, "POST", DETAILS, told);

        assertThat(untold()).isEqualTo(6L << 40);
    }

    @Test
    void anExplanationThatIsTooLongIsLeftOut() {
        tell(request("one", "x".repeat(SidecarDetails.LONGEST_EXPLANATION + 1)));

        assertThat(held()).isEmpty();
    }

    @Test
    void whatComesTooFastIsLeftOutAndCounted() {
        for (int i = 0; i < 10; i++) {
            tell(IntStream.range(100 * i, 100 * i + 100)
                    .mapToObj(n -> request("n" + n, ""))
                    .collect(Collectors.joining(",")));
        }

        assertThat(held()).hasSize(400);
        assertThat(untold()).isEqualTo(600);
    }

    @Test
    void circuitsOfOthersDoNotMove() {
        String own = move("catalog", "catalog-9");

        tellMoves(move("payment", "catalog-9"), move("catalog", "catalog-1"), own);

        assertThat(http.mesh.events(MeshEvent.BreakerMoved.class))
                .extracting(MeshEvent.BreakerMoved::sourceInstance)
                .containsExactly("catalog-9");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
        {"kind":"failure-rate","threshold":0.5}
        {"kind":"slow-call-rate","counts":{"calls":1,"failures":1,"slow":1},"threshold":"Infinity"}
        {"kind":"by-hand","by":"mira"}
        """)
    void aReasonThatMissesItsFiguresMovesNoCircuit(String reason) {
        tellMoves(move("catalog", "catalog-9").replaceFirst("\"reason\":\\{[^}]*}", "\"reason\":" + reason));

        assertThat(http.mesh.events(MeshEvent.BreakerMoved.class)).isEmpty();
    }

    @Test
    void aReasonOfAKindThatIsNotKnownHereIsLeftToItsSentence() {
        tellMoves(move("catalog", "catalog-9")
                .replaceFirst("\"reason\":\\{[^}]*}", "\"reason\":{\"kind\":\"of-tomorrow\"}"));

        assertThat(http.mesh.events(MeshEvent.BreakerMoved.class))
                .singleElement()
                .satisfies(moved -> {
                    assertThat(moved.reason()).isNull();
                    assertThat(moved.why()).isEqualTo("5 failures in a row");
                });
    }

    @Test
    void noOtherEventIsTaken() {
        tellMoves("{\"type\":\"control-plane-started\",\"mesh\":\"mine\"}");

        assertThat(http.mesh.events(MeshEvent.ControlPlaneStarted.class))
                .extracting(MeshEvent.ControlPlaneStarted::mesh)
                .containsExactly("test");
    }

    @Test
    void madeUpMirrorsAreNotKept() {
        assertThat(http.as(secret, "POST", DETAILS, """
            {"service":"catalog","instance":"catalog-9","mirrors":[{"service":"reviews","to":"v9",
            "compared":1,"alike":1,"noiseCompared":0,"primaryNanos":1,"mirrorNanos":1,"fields":[],"more":0}]}
            """).statusCode()).isEqualTo(204);

        assertThat(http.mesh.mirrors.services()).isEmpty();
    }

    @Test
    void madeUpNamesTakeNoRoomInTheFigures() {
        String edges = IntStream.range(0, 2_000)
                .mapToObj(n -> edge("made-up-" + n, "", ""))
                .collect(Collectors.joining(","));
        String real = edge("reviews", "v1", "reviews-1") + "," + edge("reviews", "v99", "reviews-99");

        assertThat(http.as(
                                secret,
                                "POST",
                                "/api/v1/sidecars/telemetry",
                                "{\"service\":\"catalog\",\"instance\":\"catalog-9\",\"edges\":[" + edges + "," + real
                                        + "],\"circuits\":[]}")
                        .statusCode())
                .isEqualTo(204);
        http.mesh.tick();

        assertThat(http.mesh.controlPlane.snapshot().edges())
                .filteredOn(edge -> edge.id().source().equals("catalog"))
                .singleElement()
                .satisfies(edge -> {
                    assertThat(edge.id()).isEqualTo(new EdgeId("catalog", "reviews"));
                    assertThat(edge.stats().totalRequests()).isEqualTo(2);
                });
    }

    @Test
    void oneServiceOpensOnlySoManyStreams() {
        for (int i = 0; i < 999; i++) {
            AttachedSidecar _ = http.mesh
                    .controlPlane
                    .attached()
                    .open("catalog", "other-" + i, ServiceKind.SERVICE, ChangeForm.SERVICES);
        }

        assertThat(http.as(secret, "GET", "/api/v1/sidecars/config?service=catalog&instance=one-more", null)
                        .body())
                .contains("at most 1000 attached sidecars of one service");
    }

    private HttpResponse<String> tell(String requests) {
        return http.as(secret, "POST", DETAILS, details(requests));
    }

    private void tellMoves(String... events) {
        String moves = List.of(events).stream()
                .map(event -> "{\"agoMillis\":5,\"event\":" + event + "}")
                .collect(Collectors.joining(","));
        assertThat(http.as(
                                secret,
                                "POST",
                                DETAILS,
                                "{\"service\":\"catalog\",\"instance\":\"catalog-9\",\"moves\":[" + moves + "]}")
                        .statusCode())
                .isEqualTo(204);
    }

    private static String details(String requests) {
        return "{\"service\":\"catalog\",\"instance\":\"catalog-9\",\"requests\":[" + requests + "]}";
    }

    private String request(String id, String explained) {
        return "{\"spanId\":\"0123456789abcdef\",\"explained\":\"" + explained + "\",\"line\":{\"id\":\"" + id
                + "\",\"traceId\":\"" + TRACE + "\",\"at\":\"" + http.mesh.time.instant()
                + "\",\"source\":\"catalog\",\"sourceInstance\":\"catalog-9\",\"method\":\"GET\",\"authority\":\"\","
                + "\"path\":\"/\",\"destination\":\"reviews\",\"endpoint\":\"reviews-1\",\"attempts\":1,"
                + "\"status\":200,\"answeredBy\":\"upstream\",\"durationNanos\":5,\"revision\":1,\"kept\":\"sampled\"}}";
    }

    private static String move(String service, String instance) {
        return Json.text(new MeshEvent.BreakerMoved(
                        new EdgeId(service, "reviews"),
                        instance,
                        "reviews-1",
                        BreakerState.CLOSED,
                        BreakerState.OPEN,
                        "5 failures in a row",
                        new CircuitReason.FailuresInARow(5)))
                .replaceFirst("^\\{", "{\"type\":\"breaker-moved\",")
                .replaceFirst("(\"type\":\"breaker-moved\",)\"type\":\"breaker-moved\",", "$1");
    }

    private static String edge(String destination, String version, String endpoint) {
        return "{\"destination\":\"" + destination + "\",\"version\":\"" + version + "\",\"endpoint\":\"" + endpoint
                + "\",\"protocol\":\"http\",\"channel\":\"plain\",\"ended\":[{\"code\":200,\"by\":\"upstream\","
                + "\"count\":1}],\"retries\":{},\"splitDraws\":0,\"latency\":[1000,1],\"inFlight\":0,\"maxInFlight\":0}";
    }

    private List<RequestLine> held() {
        return http.mesh.controlPlane.requests().newest(RequestFilter.ALL, 5_000);
    }

    private long untold() {
        return http.mesh.controlPlane.attached().list().stream()
                .filter(sidecar -> sidecar.instance().equals("catalog-9"))
                .mapToLong(sidecar -> sidecar.untold() == null ? 0 : sidecar.untold())
                .sum();
    }
}
