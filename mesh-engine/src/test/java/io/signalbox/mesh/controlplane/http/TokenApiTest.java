package io.signalbox.mesh.controlplane.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.mesh.client.TokenInfo;
import io.signalbox.mesh.client.TokenRequest;
import io.signalbox.mesh.client.TokenScope;
import io.signalbox.mesh.controlplane.AccessTokens;
import io.signalbox.mesh.controlplane.Doorkeeper;
import io.signalbox.mesh.controlplane.Keeping;
import io.signalbox.mesh.controlplane.TestMesh;
import io.signalbox.mesh.store.KeyRange;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Tokens with scopes, over real sockets. */
class TokenApiTest {

    private static final List<String> SCOPES = List.of("read", "operate", "admin", "sidecar:catalog");

    private final HttpMesh http = new HttpMesh();

    @AfterEach
    void stop() {
        http.close();
    }

    @Test
    void eachRouteStandsInTheTableOfScopesAndTheOtherWayRound() {
        assertThat(routes().stream().map(route -> route.method() + " " + route.path()))
                .containsExactlyInAnyOrderElementsOf(Access.routes().keySet());
    }

    @Test
    void aRouteThatIsInNoTableIsAnAdmins() {
        assertThat(Route.get("/api/v1/forgotten", _ -> Reply.nothing()).access())
                .isEqualTo(Access.ADMIN);
    }

    @Test
    void theOpenApiDocumentNamesTheSameScopes() {
        Map<?, ?> document = new YAMLMapper().readValue(ProbeRoutes.openApi(), Map.class);
        Map<String, String> documented = new TreeMap<>();
        Map<?, ?> paths = (Map<?, ?>) Objects.requireNonNull(document.get("paths"));
        for (Route route : routes()) {
            Map<?, ?> operation =
                    (Map<?, ?>) Objects.requireNonNull(((Map<?, ?>) Objects.requireNonNull(paths.get(route.path())))
                            .get(route.method().toLowerCase(Locale.ROOT)));
            documented.put(route.method() + " " + route.path(), String.valueOf(operation.get("security")));
        }

        assertThat(documented).allSatisfy((route, security) -> {
            Access access = Objects.requireNonNull(Access.routes().get(route));
            assertThat(security)
                    .as(route)
                    .isEqualTo(access == Access.ANYONE ? "[]" : "[{token=[" + access.wireName() + "]}]");
        });
    }

    @Test
    void eachPathAnswersTheScopesOfTheTableAndRefusesTheOthersWithTheScopeItNeeds() {
        for (String scope : SCOPES) {
            String secret = http.token(scope);
            for (Route route : routes()) {
                String path = route.path().replaceAll("\\{[a-z]+}", "nobody");
                if (path.endsWith("/stream")) {
                    continue; // it does not end; the guard is the same
                }
                HttpResponse<String> answer = http.as(secret, route.method(), path, null);
                String what = scope + " " + route.method() + " " + path + " " + answer.body();
                if (route.access().grantedBy(TokenScope.parse(scope))) {
                    boolean another = scope.startsWith("sidecar") && path.contains("/services/nobody");
                    assertThat(answer.statusCode() == 403).as(what).isEqualTo(another);
                } else {
                    assertThat(answer.statusCode()).as(what).isEqualTo(403);
                    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
                    assertThat(answer.body())
                            .contains("\"field\":\"scope\",\"value\":\"" + scope + "\"")
                            .contains("\"expected\":\"" + route.access().expected());
                }
            }
        }
    }

    @Test
    void aSidecarsTokenFollowsAcknowledgesAndTellsForItsOwnServiceAlone() {
        String secret = http.token("sidecar:catalog");
        String said = "{\"service\":\"payment\",\"instance\":\"payment-1\",\"revision\":1,\"refused\":[]}";
        String told = "{\"service\":\"payment\",\"instance\":\"payment-1\",\"edges\":[],\"circuits\":[]}";
        String follow = "/api/v1/sidecars/config?instance=payment-1&service=";

        for (HttpResponse<String> answer : List.of(
                http.as(secret, "GET", follow + "payment", null),
                http.as(secret, "POST", "/api/v1/sidecars/acknowledge", said),
                http.as(secret, "POST", "/api/v1/sidecars/telemetry", told))) {
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(403);
            assertThat(answer.body()).contains("sidecar:payment or admin");
        }
        assertThat(http.as(secret, "POST", "/api/v1/sidecars/acknowledge", said.replace("payment", "catalog"))
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void aSidecarsTokenJoinsAndLeavesForItsOwnServiceAlone() {
        String secret = http.token("sidecar:catalog");
        String own = "{\"service_name\":\"catalog\",\"host\":\"h\",\"port\":1}";

        assertThat(http.as(secret, "POST", "/api/v1/services/register", own).statusCode())
                .isEqualTo(200);
        assertThat(http.as(secret, "POST", "/api/v1/services/catalog/heartbeat", null)
                        .statusCode())
                .isEqualTo(204);
        HttpResponse<String> other =
                http.as(secret, "POST", "/api/v1/services/register", own.replace("catalog", "payment"));
        assertThat(other.statusCode()).isEqualTo(403);
        assertThat(other.body()).contains("scope: sidecar:catalog (expected: sidecar:payment or admin)");
        assertThat(http.as(secret, "DELETE", "/api/v1/services/reviews", null).statusCode())
                .isEqualTo(403);
        assertThat(http.get("/api/v1/services/payment").statusCode()).isEqualTo(404);
        assertThat(http.get("/api/v1/services/reviews").statusCode()).isEqualTo(200);
    }

    @Test
    void aTokenForOneCertificateOpensNothingElse() {
        TokenRequest request = new TokenRequest(
                Optional.of("join"), TokenScope.parse("sidecar:catalog"), Duration.ofHours(1), TokenInfo.Uses.ONCE);
        String secret = http.tokens.create(request, TestMesh.NOTE).token();

        HttpResponse<String> answer = http.as(secret, "POST", "/api/v1/services/catalog/heartbeat", null);

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("POST /api/v1/identities/sign and no more");
    }

    @Test
    void whatATokenChangesIsToldByItsNameWhateverItsHolderSays() {
        String secret = create("{\"scope\":\"operate\",\"lifetime\":\"1h\",\"name\":\"ci\"}");

        http.as(secret, "POST", "/api/v1/canaries/nobody/weight?by=mira", "{\"weights\":{\"v2\":30}}");
        assertThat(http.as(secret, "POST", "/api/v1/services/catalog/instances/catalog-1/drain?by=mira", null)
                        .statusCode())
                .isEqualTo(204);
        assertThat(http.as(secret, "POST", "/api/v1/services/catalog/instances/catalog-1/undrain", null)
                        .statusCode())
                .isEqualTo(204);

        assertThat(http.mesh.controlPlane.audit().newestFirst(Long.MAX_VALUE, 3))
                .extracting(entry -> entry.kind() + " " + entry.by())
                .containsExactly("DRAIN ci", "DRAIN ci (mira)", "TOKEN api");
    }

    @Test
    void anExpiredTokenAndARevokedOneAreToldSoToWhoeverHoldsThem() {
        String expiring = create("{\"scope\":\"read\",\"lifetime\":\"1m\"}");
        String revoked = create("{\"scope\":\"read\",\"lifetime\":\"1h\",\"name\":\"lost\"}");
        assertThat(http.as(expiring, "GET", "/api/v1/services", null).statusCode())
                .isEqualTo(200);

        http.trustTime.advance(Duration.ofMinutes(1));
        assertThat(http.send("DELETE", "/api/v1/tokens/lost?by=mira&reason=left+in+a+train", null)
                        .body())
                .contains("\"state\":\"revoked\"");

        HttpResponse<String> late = http.as(expiring, "GET", "/api/v1/services", null);
        assertThat(late.statusCode()).isEqualTo(401);
        assertThat(late.body()).contains("a token that expired at");
        HttpResponse<String> lost = http.as(revoked, "GET", "/api/v1/services", null);
        assertThat(lost.statusCode()).isEqualTo(401);
        assertThat(lost.body()).contains("a token that was revoked").doesNotContain("lost");
        assertThat(http.as(revoked + "x", "GET", "/api/v1/services", null).body())
                .contains("another token")
                .doesNotContain("revoked");
    }

    @Test
    void theSecretIsInTheAnswerAndNowhereElse() {
        String secret = create("{\"scope\":\"read\",\"lifetime\":\"1h\",\"name\":\"reader\"}");

        assertThat(http.get("/api/v1/tokens").body())
                .contains("\"name\":\"reader\"", "\"state\":\"active\"")
                .doesNotContain(secret)
                .doesNotContain("hash");
        assertThat(Stream.of("token/", "audit/")
                        .flatMap(prefix -> http.mesh.store.range(KeyRange.prefix(prefix)).stream())
                        .map(entry -> entry.key() + entry.value()))
                .isNotEmpty()
                .noneMatch(text -> text.contains(secret));
    }

    @Test
    void tokensAreKept() {
        String secret = create("{\"scope\":\"read\",\"lifetime\":\"1h\",\"name\":\"reader\"}");

        AccessTokens again = new AccessTokens(
                Keeping.newest(http.mesh.store), http.mesh.controlPlane.audit(), http.trustTime, new Random(1));

        assertThat(new Doorkeeper(http.token, Optional.of(again), Optional.empty()).judge(secret))
                .isInstanceOf(Doorkeeper.Verdict.Known.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {"scope":"root","lifetime":"1h"}                               | scope: root (expected: read
        {"scope":"sidecar:Upper","lifetime":"1h"}                      | scope: Upper (expected: 1 to 63
        {"scope":"sidecar:","lifetime":"1h"}                           | scope:  (expected: 1 to 63
        {"scope":"read"}                                               | lifetime: nothing
        {"lifetime":"1h"}                                              | scope: nothing
        {"scope":"read","lifetime":"0s"}                               | for: PT0S (expected: 1s to 8760h
        {"scope":"read","lifetime":"9000h"}                            | at most 8760h
        {"scope":"read","lifetime":"1h","uses":"once"}                 | scope: read (expected: sidecar:SERVICE
        {"scope":"read","lifetime":"1h","name":"a b"}                  | name: a b (expected: 1 to 63
        {"scope":"read","lifetime":"1h","secret":"mine"}               | unknown field
        """)
    void aWrongRequestMakesNoToken(String body, String part) {
        HttpResponse<String> answer = http.post("/api/v1/tokens", body);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains(part);
        assertThat(http.tokens.list()).isEmpty();
    }

    @Test
    void aNameIsNeverUsedTwiceSoTheAuditLogIsClear() {
        create("{\"scope\":\"read\",\"lifetime\":\"1m\",\"name\":\"ci\"}");
        http.trustTime.advance(Duration.ofHours(1));

        HttpResponse<String> again =
                http.post("/api/v1/tokens", "{\"scope\":\"admin\",\"lifetime\":\"1h\",\"name\":\"ci\"}");

        assertThat(again.statusCode()).isEqualTo(400);
        assertThat(again.body()).contains("name: ci (expected: a name that no token ever had)");
        assertThat(http.send("DELETE", "/api/v1/tokens/cj", null).statusCode()).isEqualTo(404);
    }

    private String create(String body) {
        HttpResponse<String> made = http.post("/api/v1/tokens", body);
        assertThat(made.statusCode()).as(made.body()).isEqualTo(200);
        return made.body().replaceAll(".*\"token\":\"([^\"]+)\".*", "$1");
    }

    private List<Route> routes() {
        return new Routes(new Surroundings(http.mesh.controlPlane, http.door, (_, _) -> {}, () -> true)).all();
    }
}
