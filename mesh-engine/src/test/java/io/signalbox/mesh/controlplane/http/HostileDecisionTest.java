package io.signalbox.mesh.controlplane.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.mesh.client.attach.ChangeForm;
import io.signalbox.mesh.client.json.Json;
import io.signalbox.mesh.controlplane.AttachedSidecar;
import io.signalbox.mesh.explain.RequestFilter;
import io.signalbox.mesh.model.status.ServiceKind;
import java.net.http.HttpResponse;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A sidecar that tells made-up requests, and what a what-if makes of them. */
@Timeout(60)
final class HostileDecisionTest {

    private static final long SEED = 2_024;
    private static final String POLICY = "apiVersion: signalbox.io/v1\\nkind: TrafficPolicy\\nservice: catalog\\n"
            + "stickiness: { header: x-user }\\nsplit: { v1: 50, v2: 50 }\\n"
            + "rateLimit: { requests: 1, per: 1s }\\ncircuitBreaker: { failureThreshold: 2 }\\n"
            + "rules: [{ match: { pathTemplate: '/items/{id}', query: { a: b }, headers: { x-user: mira } },"
            + " to: v2, rewrite: { path: /x } }]\\n"
            + "authorization: { rules: [{ name: no-admin, action: deny, match: { pathPrefix: /admin } }] }\\n"
            + "faults: [{ name: slow, share: 10, delay: { fixed: 1s } }]\\nmirror: { version: v2 }";
    private static final String DECISION = """
        {"method":"GET","target":"/items/7?a=b","authority":"catalog","fields":["x-user:mira","x-other:1"],\
        "extent":"whole","identity":"spiffe://test/service/shop","keys":"","routed":true,"lots":[{"from":3,"to":4}],\
        "attempts":[{"instance":"catalog-1","version":"v1","secured":true,"startNanos":1,"durationNanos":2,\
        "end":"answered","status":200}]}\
        """;

    private final HttpMesh http = new HttpMesh();
    private final String secret = http.token("sidecar:shop");

    @BeforeEach
    void attach() {
        AttachedSidecar _ =
                http.mesh.controlPlane.attached().open("shop", "shop-1", ServiceKind.SERVICE, ChangeForm.SERVICES);
        http.mesh.tick();
    }

    @AfterEach
    void stop() {
        http.close();
    }

    @Test
    void whatCanBeSoIsDecidedAgain() {
        tell("one", DECISION);

        assertThat(whatIf())
                .contains("\"evaluated\":1", "\"from\":\"v1\",\"to\":\"v2\"", "\"certainty\":\"exact\"")
                .doesNotContain("not-told");
    }

    @Test
    void anOlderSidecarTellsNoneOfIt() {
        assertThat(http.as(
                                secret,
                                "POST",
                                "/api/v1/sidecars/details",
                                details("one", DECISION).replaceFirst(",\"decision\":\"(\\\\.|[^\"\\\\])*\"", ""))
                        .statusCode())
                .isEqualTo(204);

        assertThat(whatIf()).contains("\"evaluated\":0", "\"reason\":\"not-told\",\"requests\":1");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
        {"method"                    | [{"method"
        "method":"GET",              | ''
        "method":"GET"               | "method":null
        "x-user:mira"                | "x-user"
        "x-user:mira"                | null
        "x-user:mira"                | ["x-user:mira"]
        "extent":"whole"             | "extent":"of-tomorrow"
        spiffe://test/service/shop   | spiffe://test/service/payment
        spiffe://test/service/shop   | shop
        "keys":""                    | "keys":"zz"
        "routed":true                | "routed":"x"
        {"from":3,"to":4}            | {"from":4,"to":4}
        {"from":3,"to":4}            | {"from":-1,"to":2147483647}
        {"from":3,"to":4}            | {}
        {"from":3,"to":4}            | null
        "instance":"catalog-1"       | "instance":"../etc"
        "version":"v1"               | "version":"a b"
        "startNanos":1               | "startNanos":-1
        "durationNanos":2            | "durationNanos":9223372036854775807
        "status":200                 | "status":2000000000
        "end":"answered"             | "end":null
        """)
    void whatCannotBeSoIsUnknown(String part, String forged) {
        assertThat(DECISION).contains(part);

        tell("one", DECISION.replace(part, forged));

        assertThat(whatIf()).contains("\"recorded\":1", "\"evaluated\":0", "\"reason\":\"not-told\",\"requests\":1");
    }

    @Test
    void manyAttemptsAndLotsAreUnknown() {
        tell(
                "one",
                DECISION.replace(
                        "{\"from\":3,\"to\":4}", "{\"from\":3,\"to\":4},".repeat(300) + "{\"from\":3,\"to\":4}"));
        String attempt = DECISION.substring(DECISION.indexOf("{\"instance\""), DECISION.length() - 2);
        tell("two", DECISION.replace(attempt, (attempt + ",").repeat(10) + attempt));

        assertThat(whatIf()).contains("\"evaluated\":0", "\"reason\":\"not-told\",\"requests\":2");
    }

    @Test
    void whatIsTooLongIsLeftOutWithItsRequest() {
        tell("one", DECISION.replace("/items/7", "/" + "x".repeat(8_192)));

        assertThat(http.mesh.controlPlane.requests().newest(RequestFilter.ALL, 10))
                .isEmpty();
    }

    @Test
    void headsOfAnyCharactersAreDecidedOrUnknown() {
        SplittableRandom random = new SplittableRandom(SEED);
        for (int i = 0; i < 300; i++) {
            tell(
                    "r" + i,
                    DECISION.replace("/items/7?a=b", escaped(text(random)))
                            .replace("x-user:mira", escaped("x-user:" + text(random)))
                            .replace("\"authority\":\"catalog\"", "\"authority\":\"" + escaped(text(random)) + "\""));
        }

        assertThat(whatIf()).contains("\"recorded\":300", "\"evaluated\":300", "\"unknown\":[]");
    }

    private static String text(SplittableRandom random) {
        String alphabet = "/%2f%zz..;?&=a\u0000\u001b\ud800\uffff:\\\"+* ";
        StringBuilder text = new StringBuilder();
        for (int n = random.nextInt(200); n > 0; n--) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }

    private static String escaped(String text) {
        String quoted = Json.text(text);
        return quoted.substring(1, quoted.length() - 1);
    }

    private String whatIf() {
        HttpResponse<String> answer = http.post("/api/v1/policies:what-if", "{\"policies\":\"" + POLICY + "\"}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }

    private void tell(String id, String decision) {
        HttpResponse<String> answer = http.as(secret, "POST", "/api/v1/sidecars/details", details(id, decision));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(204);
    }

    private String details(String id, String decision) {
        return "{\"service\":\"shop\",\"instance\":\"shop-1\",\"requests\":[{\"spanId\":\"0123456789abcdef\","
                + "\"explained\":\"\",\"decision\":" + Json.text(decision) + ",\"line\":{\"id\":\"" + id
                + "\",\"traceId\":\"0123456789abcdef0123456789abcdef\",\"at\":\"" + http.mesh.time.instant()
                + "\",\"source\":\"shop\",\"sourceInstance\":\"shop-1\",\"method\":\"GET\",\"authority\":\"\","
                + "\"path\":\"/\",\"destination\":\"catalog\",\"endpoint\":\"catalog-1\",\"attempts\":1,"
                + "\"status\":200,\"answeredBy\":\"upstream\",\"durationNanos\":5,\"revision\":1,"
                + "\"kept\":\"sampled\"}}]}";
    }
}
