package io.signalbox.mesh.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleTargetsTest {

    private final SplittableRandom random = new SplittableRandom(12);

    @Test
    void aRuleDividesWhatItTakesWithinThe999Interval() {
        RouteTable table = TestMesh.written("""
            rules:
              - match: { pathPrefix: /beta }
                to: { v1: 90, v2: 10 }
            """);
        int inV2 = 0;
        for (int i = 0; i < 100_000; i++) {
            RouteDecision.Routed routed = (RouteDecision.Routed) decide(table, "/beta/x");
            assertThat(routed.reason())
                    .isInstanceOfSatisfying(
                            RouteReason.ByRuleShare.class,
                            by -> assertThat(by.index()).isZero());
            inV2 += "v2".equals(routed.version()) ? 1 : 0;
        }

        // 10,000 and 3.29 standard deviations of 94.9.
        assertThat(inV2).isBetween(9_688, 10_312);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        { pathPrefix: /v1 }          | { pathPrefix: /v2 }            | /v1            | /v2
        { pathPrefix: /v1 }          | { pathPrefix: /v2 }            | /v1/x?a=1&b    | /v2/x?a=1&b
        { pathPrefix: /v1 }          | { pathPrefix: /v2/ }           | /v1/x/         | /v2/x/
        { pathPrefix: /v1 }          | { pathPrefix: / }              | /v1/x          | /x
        { pathPrefix: /v1 }          | { pathPrefix: / }              | /v1            | /
        { pathPrefix: /v1 }          | { pathPrefix: /v2 }            | //v1/./a%2Fb   | /v2/a%2Fb
        { pathPrefix: /v1 }          | { pathPrefix: /v2 }            | /%761/%22%7Bx  | /v2/%22%7Bx
        { pathPrefix: / }            | { pathPrefix: /v2 }            | /x             | /v2/x
        { path: /a }                 | { path: /b/c }                 | /a?q           | /b/c?q
        { pathTemplate: "/u/{id}" }  | { path: "/people/{id}/home" }  | /u/42?q=1      | /people/42/home?q=1
        { pathTemplate: "/u/{id}" }  | { path: "/people/{id}" }       | /u/a%2f%20b    | /people/a%2F%20b
        { pathTemplate: "/{a}/{b}" } | { path: "/{b}/{a}/{b}" }       | /x/y           | /y/x/y
        { pathTemplate: "/u/{id}" }  | { path: "/p/{id}" }            | /u/$1\\         | /p/$1%5C
        """)
    void aRewriteGivesANewPlaceAndKeepsTheQuery(String match, String rewrite, String target, String expected) {
        RouteTable table = TestMesh.written("rules: [{ match: " + match + ", to: v2, rewrite: " + rewrite + " }]");
        TestRequest request = TestRequest.get(target);

        RouteDecision.Routed routed = (RouteDecision.Routed) table.decide("catalog", request, random);
        PlaceRewrite place = Objects.requireNonNull(routed.edits().place());
        assertThat(place.target(request.path(), request.query())).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        { path: /new }                                        | 302 | /new?a=1
        { status: 308, pathPrefix: /v2 }                      | 308 | /v2/x?a=1
        { status: 301, host: shop.example }                   | 301 | http://shop.example/v1/x?a=1
        { host: "shop.example:8443", scheme: https, path: / } | 302 | https://shop.example:8443/?a=1
        """)
    void aRedirectSendsTheCallerElsewhere(String redirect, int status, String location) {
        RouteTable table = TestMesh.written("rules: [{ match: { pathPrefix: /v1 }, redirect: " + redirect + " }]");

        RouteDecision.AnsweredHere answered = (RouteDecision.AnsweredHere) decide(table, "/v1/x?a=1");
        assertThat(answered.status()).isEqualTo(status);
        assertThat(answered.headers()).containsExactly(entry("Location", location));
        assertThat(answered.body()).isEmpty();
        assertThat(answered.reason()).isEqualTo(new RouteReason.ByRule(0));
    }

    @Test
    void aDirectResponseIsGivenAsItIsWritten() {
        RouteTable table = TestMesh.written("""
            rules:
              - match: { path: /robots.txt }
                directResponse: { status: 200, body: "Disallow: /" }
                responseHeaders: { set: { X-From: mesh } }
              - match: { path: /gone }
                directResponse: { status: 410 }
            """);

        RouteDecision.AnsweredHere robots = (RouteDecision.AnsweredHere) decide(table, "/robots.txt");
        assertThat(robots.status()).isEqualTo(200);
        assertThat(robots.body()).isEqualTo("Disallow: /");
        assertThat(robots.headers())
                .containsOnly(entry("Content-Type", "text/plain; charset=utf-8"), entry("X-From", "mesh"));
        RouteDecision.AnsweredHere gone = (RouteDecision.AnsweredHere) decide(table, "/gone");
        assertThat(gone.status()).isEqualTo(410);
        assertThat(gone.headers()).isEmpty();
    }

    @Test
    void aConnectionIsNeverAnsweredByARule() {
        RouteTable table = TestMesh.written("rules: [{ directResponse: { status: 503 } }, { to: { v2: 100 } }]");

        assertThat(((RouteDecision.Routed) table.decideStream("catalog", random)).version())
                .isEqualTo("v2");
    }

    private RouteDecision decide(RouteTable table, String target) {
        return table.decide("catalog", TestRequest.get(target), random);
    }
}
