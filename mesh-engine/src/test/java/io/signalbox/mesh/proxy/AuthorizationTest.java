package io.signalbox.mesh.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.signalbox.mesh.config.PolicyFormat;
import io.signalbox.mesh.explain.DecisionRecord;
import io.signalbox.mesh.explain.RequestFilter;
import io.signalbox.mesh.metrics.AccessInterval;
import io.signalbox.mesh.metrics.ScrapeFormat;
import io.signalbox.mesh.model.AccessDecision;
import io.signalbox.mesh.model.Cause;
import io.signalbox.mesh.model.MtlsMode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Who may call, as the sidecar beside the application keeps it, by the identity that a certificate proves. */
class AuthorizationTest extends MeshCase {

    @Test
    void denyByDefaultLetsInWhomARuleAllowsAndNobodyElse() throws IOException {
        TestApp app = serve(TestApp.saying(200, "fine"));
        Sidecar cart = mesh.caller("cart");
        authorize("default: deny, rules: [ { action: allow, match: { sources: [cart] } } ]");

        assertThat(get("/").status()).isEqualTo(403);
        assertThat(through(cart, "GET / HTTP/1.1\nHost: catalog\n\n").status()).isEqualTo(200);
        assertThat(app.asked()).hasSize(1);
    }

    @Test
    void aDenyRuleIsStrongerThanAnAllowRuleWhateverTheirOrder() throws IOException {
        serve(TestApp.saying(200, "fine"));
        for (String rules : List.of(
                "{ action: allow, match: { sources: [shop] } }, { action: deny, match: { pathPrefix: /admin } }",
                "{ action: deny, match: { pathPrefix: /admin } }, { action: allow, match: { sources: [shop] } }")) {
            authorize("default: deny, rules: [ " + rules + " ]");

            assertThat(get("/items").status()).isEqualTo(200);
            assertThat(get("/admin").status()).isEqualTo(403);
        }
    }

    @Test
    void aRuleNamesMethodsPathsTemplatesAndIdentities() throws IOException {
        serve(TestApp.saying(200, "fine"));
        authorize("default: deny, rules: [ { action: allow, match: { methods: [GET], pathTemplate: \"/items/{id}\","
                + " sourceIdentities: [\"spiffe://test.signalbox/service/s*\"] } },"
                + " { action: allow, match: { path: /health } } ]");

        assertThat(get("/items/7").status()).isEqualTo(200);
        assertThat(get("/health").status()).isEqualTo(200);
        assertThat(get("/items").status()).isEqualTo(403);
        assertThat(get("/items/7/price").status()).isEqualTo(403);
        assertThat(call("PUT /items/7 HTTP/1.1\nHost: catalog\nContent-Length: 0\n\n")
                        .status())
                .isEqualTo(403);
        assertThat(through(mesh.caller("cart"), "GET /items/7 HTTP/1.1\nHost: catalog\n\n")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void theRefusalSaysWhyAndNamesTheCallerAsItProvedToBe() throws IOException {
        serve(TestApp.saying(200, "fine"));
        authorize("default: deny");

        RawHttp.Answer refused = call("GET / HTTP/1.1\nHost: catalog\nx-signalbox-source: cart\n\n");

        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.cause()).isEqualTo("access-denied");
        assertThat(refused.head().field("Content-Type")).isEqualTo("application/problem+json");
        assertThat(refused.body()).contains("The policy of catalog does not let shop do that.");
    }

    @Test
    void onTrialNothingIsRefusedAndEveryDenialIsCounted() throws IOException {
        TestApp app = serve(TestApp.saying(200, "fine"));
        authorize("default: deny, mode: dry-run");

        assertThat(get("/items").status()).isEqualTo(200);
        assertThat(get("/items").status()).isEqualTo(200);

        assertThat(app.asked()).hasSize(2);
        assertThat(scraped())
                .contains("signalbox_authorization_total{decision=\"would-deny\",destination=\"catalog\","
                        + "rule=\"default\",source=\"shop\"} 2.0");
        AccessInterval counted = drained().getFirst();
        assertThat(counted.decision()).isEqualTo(AccessDecision.WOULD_DENY);
        assertThat(counted.count()).isEqualTo(2);
        assertThat(counted.method() + " " + counted.path()).isEqualTo("GET /items");
    }

    @Test
    void whoeverProvesNothingIsUnknownAndCanBeNamedSo() throws IOException {
        TestApp app = mesh.closing(TestApp.saying(200, "fine"));
        Sidecar open = mesh.start(
                SidecarSpec.of("catalog", "v1", "catalog-1", app.port(), mesh.authority.issue("catalog", "catalog-1"))
                        .withMtls(MtlsMode.PERMISSIVE));
        authorize("rules: [ { action: deny, match: { sources: [unknown], methods: [POST] } } ]");

        assertThat(plainly(open, "GET / HTTP/1.1\nHost: catalog\n\n").status()).isEqualTo(200);
        assertThat(plainly(open, "POST / HTTP/1.1\nHost: catalog\nContent-Length: 0\n\n")
                        .status())
                .isEqualTo(403);
        authorize("default: deny, rules: [ { action: allow, match: { sources: [shop, catalog] } } ]");
        for (String said : List.of("shop", "unknown", "catalog")) {
            assertThat(plainly(open, "GET / HTTP/1.1\nHost: catalog\nx-signalbox-source: " + said + "\n\n")
                            .status())
                    .isEqualTo(403);
        }
        assertThat(scraped()).contains("source=\"unknown\"");
    }

    @Test
    void aServiceThatIsCalledUnknownIsNotTakenForWhoeverProvesNothing() throws IOException {
        serve(TestApp.saying(200, "fine"));
        Sidecar unknown = mesh.caller("unknown");
        authorize("default: deny, rules: [ { action: allow, match: { sources: [unknown] } } ]");

        assertThat(through(unknown, "GET / HTTP/1.1\nHost: catalog\n\n").status())
                .isEqualTo(403);
        authorize("default: deny, rules: [ { action: allow, match: { sourceIdentities:"
                + " [\"spiffe://test.signalbox/service/unknown\"] } } ]");
        assertThat(through(unknown, "GET / HTTP/1.1\nHost: catalog\n\n").status())
                .isEqualTo(200);
    }

    @Test
    void aChangeHoldsFromTheNextRequestOfTheSameConnectionAndBreaksNone() throws IOException {
        serve(TestApp.saying(200, "fine"));
        try (RawHttp http = new RawHttp(shop.outboundPort())) {
            for (int i = 0; i < 20; i++) {
                boolean denied = i % 2 == 1;
                authorize(denied ? "default: deny" : "default: allow");
                assertThat(http.send("GET / HTTP/1.1\nHost: catalog\n\n")
                                .answer()
                                .status())
                        .isEqualTo(denied ? 403 : 200);
            }
        }
    }

    @Test
    void aDeniedCallIsToldOnBothSidesWithItsRuleAndMovesNoCircuit() throws IOException {
        TestApp app = serve(TestApp.saying(200, "fine"));
        authorize("rules: [ { name: no-shops, action: deny, match: { sources: [shop] } } ]");

        for (int i = 0; i < 10; i++) {
            assertThat(call("GET /items?x=1 HTTP/1.1\nHost: catalog\nX-Request-ID: req-7\n\n")
                            .status())
                    .isEqualTo(403);
        }

        List<DecisionRecord> found = new ArrayList<>();
        await().atMost(Duration.ofSeconds(5)).until(() -> {
            mesh.shared.decisions().newest(RequestFilter.ALL, 100).stream()
                    .filter(record -> record.arrival() != null)
                    .forEach(found::add);
            return !found.isEmpty();
        });
        DecisionRecord record = found.getFirst();
        assertThat(record.cause()).isEqualTo(Cause.ACCESS_DENIED);
        assertThat(record.status()).isEqualTo(403);
        assertThat(record.requestId()).isEqualTo("req-7");
        assertThat(record.caller().identity()).isEqualTo("spiffe://test.signalbox/service/shop");
        assertThat(Objects.requireNonNull(record.arrival()).accessRule()).isEqualTo("no-shops");
        assertThat(record.arrival().instance()).isEqualTo("catalog-" + app.port());
        assertThat(shop.circuits().getFirst().breaker().consecutiveFailures()).isZero();
    }

    @Test
    void withoutRulesThatDenyNothingIsLookedAtAndNothingCounted() throws IOException {
        serve(TestApp.saying(200, "fine"));
        authorize("default: allow, rules: [ { action: allow, match: { sources: [cart] } } ]");

        assertThat(get("/").status()).isEqualTo(200);
        assertThat(scraped()).doesNotContain("signalbox_authorization_total{");
        assertThat(drained()).isEmpty();
    }

    private void authorize(String authorization) {
        mesh.policy(PolicyFormat.read("apiVersion: signalbox.io/v1\nkind: TrafficPolicy\nservice: catalog\n"
                + "authorization: { " + authorization + " }"));
    }

    private static RawHttp.Answer plainly(Sidecar sidecar, String request) throws IOException {
        try (RawHttp http = new RawHttp(sidecar.inboundPort().orElseThrow())) {
            return http.send(request).answer();
        }
    }

    private static RawHttp.Answer through(Sidecar sidecar, String request) throws IOException {
        try (RawHttp http = new RawHttp(sidecar.outboundPort())) {
            return http.send(request).answer();
        }
    }

    private List<AccessInterval> drained() {
        return mesh.sidecars().stream()
                .flatMap(sidecar -> sidecar.metrics().access().drain().stream())
                .toList();
    }

    private String scraped() throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        for (Sidecar sidecar : mesh.sidecars()) {
            sidecar.metrics().scrape(text, ScrapeFormat.PROMETHEUS);
        }
        return text.toString(StandardCharsets.UTF_8);
    }
}
