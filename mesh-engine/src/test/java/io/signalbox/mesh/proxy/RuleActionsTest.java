package io.signalbox.mesh.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.mesh.config.PolicyFormat;
import io.signalbox.mesh.metrics.EdgeInterval;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** What routing rules do to real requests and their answers. */
class RuleActionsTest extends MeshCase {

    @Test
    void aRewriteChangesPlaceHostAndFieldsOnTheWayAndBack() throws IOException {
        TestApp app = serve(TestApp.answering(exchange -> {
            exchange.getResponseHeaders().set("X-Secret", "inside");
            exchange.getResponseHeaders().set("X-Kept", "yes");
            TestApp.say(exchange, 200, "done");
        }));
        policy("""
            rules:
              - match: { pathTemplate: "/users/{id}" }
                to: v1
                rewrite: { path: "/people/{id}/home", host: people.example }
                requestHeaders: { set: { X-Tier: gold }, add: { X-Tag: two }, remove: Cookie }
                responseHeaders: { set: { X-By: mesh }, remove: x-secret }
            """);

        RawHttp.Answer answer =
                call("GET /users/42?full=1 HTTP/1.1\nHost: catalog\nX-Tier: none\nX-Tag: one\nCookie: a=b\n\n");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.head().field("X-By")).isEqualTo("mesh");
        assertThat(answer.head().field("X-Kept")).isEqualTo("yes");
        assertThat(answer.head().field("X-Secret")).isEmpty();
        TestApp.Asked asked = app.asked().getFirst();
        assertThat(asked.target()).isEqualTo("/people/42/home?full=1");
        assertThat(asked.headers().getFirst("Host")).isEqualTo("people.example");
        assertThat(asked.headers().get("X-Tier")).containsExactly("gold");
        assertThat(asked.headers().get("X-Tag")).containsExactly("one", "two");
        assertThat(asked.headers().getFirst("Cookie")).isNull();
    }

    @Test
    void aRedirectAndADirectResponseReachNoEndpointAndAreNoFailures() throws IOException {
        TestApp app = serve(TestApp.saying(200, "app"));
        policy("""
            rules:
              - match: { pathPrefix: /old }
                redirect: { status: 308, pathPrefix: /new }
              - match: { path: /health }
                directResponse: { status: 200, body: '{"ok":true}', contentType: application/json }
            """);

        RawHttp.Answer moved = get("/old/x?a=1");
        assertThat(moved.status()).isEqualTo(308);
        assertThat(moved.head().field("Location")).isEqualTo("/new/x?a=1");
        RawHttp.Answer direct = get("/health");
        assertThat(direct.body()).isEqualTo("{\"ok\":true}");
        assertThat(direct.head().field("Content-Type")).isEqualTo("application/json");
        assertThat(direct.cause()).isEmpty();
        RawHttp.Answer posted = call("POST /health HTTP/1.1\nHost: catalog\nContent-Length: 3\n\nabc");
        assertThat(posted.status()).isEqualTo(200);
        assertThat(call("HEAD /health HTTP/1.1\nHost: catalog\n\n").status()).isEqualTo(200);

        assertThat(app.asked()).isEmpty();
        assertThat(get("/").body()).isEqualTo("app");
        assertThat(shop.drainTelemetry().stream().map(EdgeInterval::toString))
                .as("they are counted under the service")
                .anyMatch(edge -> edge.contains("catalog"));
    }

    @Test
    void aRuleForASourceHoldsForThatSourceAloneByNameOrByIdentity() throws IOException {
        serve(TestApp.saying(200, "v1"));
        String identity = mesh.authority.issue("cart", "cart-0").id().toString();
        policy("""
            rules:
              - match: { sources: cart, path: /name }
                directResponse: { status: 200, body: for cart }
              - match: { sourceIdentities: "%s", path: /id }
                directResponse: { status: 200, body: for cart }
            """.formatted(identity));
        Sidecar cart = mesh.caller("cart");

        for (String path : new String[] {"/name", "/id"}) {
            assertThat(get(path).body()).isEqualTo("v1");
            try (RawHttp http = new RawHttp(cart.outboundPort())) {
                assertThat(http.send("GET " + path + " HTTP/1.1\nHost: catalog\n\n")
                                .answer()
                                .body())
                        .isEqualTo("for cart");
            }
        }
    }

    private void policy(String fields) {
        mesh.policy(PolicyFormat.read("apiVersion: signalbox.io/v1\nkind: TrafficPolicy\nservice: catalog\n" + fields));
    }
}
