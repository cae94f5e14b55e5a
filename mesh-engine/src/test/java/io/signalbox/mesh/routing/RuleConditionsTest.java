package io.signalbox.mesh.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleConditionsTest {

    private static final String SHOP = "spiffe://mesh.example/service/shop";

    private final SplittableRandom random = new SplittableRandom(11);

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        mira                       | mira     | true
        mira                       | Mira     | false
        { exact: mira }            | mira     | true
        { prefix: mi }             | mira     | true
        { prefix: mi }             | amira    | false
        { regex: "m[a-z]+" }       | mira     | true
        { regex: "m[a-z]" }        | mira     | false
        { regex: ".*ir.*" }        | mira     | true
        { regex: "(?i)MIRA" }      | mira     | true
        { present: true }          | mira     | true
        { present: true }          |          | false
        { present: false }         | mira     | false
        { present: false }         |          | true
        { prefix: mi }             |          | false
        """)
    void aHeaderMeetsItsCondition(String condition, String sent, boolean holds) {
        RouteTable table = TestMesh.written("rules: [{ match: { headers: { X-User: " + condition + " } }, to: v2 }]");
        TestRequest request = TestRequest.get("/");

        assertThat(takes(table, sent == null ? request : request.with("x-user", sent)))
                .isEqualTo(holds);
    }

    @Test
    void ofARepeatedHeaderAnyValueMayMeetTheCondition() {
        RouteTable table = TestMesh.written("rules: [{ match: { headers: { X-User: { prefix: m } } }, to: v2 }]");

        assertThat(takes(table, TestRequest.get("/").with("X-User", "noor").with("X-User", "mira")))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        { v: beta }                | /?v=beta           | true
        { v: beta }                | /?a=1&v=beta&b     | true
        { v: beta }                | /?v=bet%61         | true
        { v: beta }                | /?%76=beta         | true
        { v: "be ta" }             | /?v=be+ta          | true
        { v: beta }                | /?V=beta           | false
        { v: beta }                | /?vv=beta          | false
        { v: beta }                | /?v=beta2          | false
        { v: beta }                | /?v=alpha&v=beta   | true
        { v: beta }                | /                  | false
        { v: "a=b" }               | /?v=a=b            | true
        { v: "" }                  | /?v                | true
        { v: "" }                  | /?v=               | true
        { v: "50%" }               | /?v=50%            | true
        { v: { prefix: be } }      | /?v=beta           | true
        { v: { regex: "[ab]+" } }  | /?v=abba           | true
        { v: { present: true } }   | /?v                | true
        { v: { present: true } }   | /?x=v              | false
        { v: { present: false } }  | /?x=v              | true
        { v: { present: false } }  | /?x=1&v=2          | false
        { v: ü }                   | /?v=%C3%BC         | true
        """)
    void aQueryParameterMeetsItsCondition(String condition, String target, boolean holds) {
        RouteTable table = TestMesh.written("rules: [{ match: { query: " + condition + " }, to: v2 }]");

        assertThat(takes(table, TestRequest.get(target))).isEqualTo(holds);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        /users/{id},         /users/42,            true
        /users/{id},         /users/42/,           false
        /users/{id},         /users/,              false
        /users/{id},         /users,               false
        /users/{id},         /users/42/orders,     false
        /users/{id},         //users//42,          true
        /users/{id},         /x/../users/a%2Fb,    true
        /users/{id},         /users/42/../..,      false
        /users/{id}/orders,  /users/42/orders,     true
        /users/{id}/orders,  /users/42/order,      false
        /{a}/{b},            /x/y,                 true
        /{a}/{b}/,           /x/y/,                true
        /%75sers/{id},       /users/42,            true
        /{id},               /,                    false
        """)
    void aTemplateTakesWholeSegments(String template, String path, boolean holds) {
        RouteTable table = TestMesh.written("rules: [{ match: { pathTemplate: \"" + template + "\" }, to: v2 }]");

        assertThat(takes(table, TestRequest.get(path))).isEqualTo(holds);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        sources: shop                                                        | true
        sources: [cart, shop]                                                | true
        sources: cart                                                        | false
        sourceIdentities: "spiffe://mesh.example/service/shop"               | true
        sourceIdentities: "spiffe://mesh.example/service/sho"                | false
        sourceIdentities: "spiffe://mesh.example/*"                          | true
        sourceIdentities: ["spiffe://other/*", "spiffe://mesh.example/service/s*"] | true
        sourceIdentities: "spiffe://other/*"                                 | false
        sources: shop, sourceIdentities: "spiffe://other/*"                  | false
        """)
    void aRuleForASourceIsInThatSourcesTableAlone(String condition, boolean holds) {
        String rules = "rules: [{ match: { " + condition + " }, to: v2 }, { to: v1 }]";

        RouteDecision.Routed ours =
                decided(TestMesh.written(new RouteSource("shop", SHOP), rules), TestRequest.get("/"));
        assertThat("v2".equals(ours.version())).isEqualTo(holds);
        assertThat(ours.reason())
                .as("rules that are left out are counted still")
                .isEqualTo(new RouteReason.ByRule(holds ? 0 : 1));
        assertThat(takes(TestMesh.written(RouteSource.UNKNOWN, rules), TestRequest.get("/")))
                .as("a source of whom nothing is known")
                .isFalse();
    }

    private boolean takes(RouteTable table, TestRequest request) {
        return "v2".equals(decided(table, request).version());
    }

    private RouteDecision.Routed decided(RouteTable table, TestRequest request) {
        return (RouteDecision.Routed) table.decide("catalog", request, random);
    }
}
