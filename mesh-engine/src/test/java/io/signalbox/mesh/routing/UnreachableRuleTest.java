package io.signalbox.mesh.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.mesh.model.RoutingRule;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnreachableRuleTest {

    private static final String[] HEADERS = {"x", "{ prefix: x }", "{ regex: \"x.*\" }", "{ present: true }", "xy"};
    private static final String[] PATHS = {
        "path: /a",
        "path: /a/b",
        "pathPrefix: /a",
        "pathPrefix: /",
        "pathTemplate: \"/a/{x}\"",
        "path: /a, pathPrefix: /b"
    };

    private final SplittableRandom random = new SplittableRandom(13);

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {}                                       | {}                                        | true
        {}                                       | { path: /a }                              | true
        { path: /a }                             | {}                                        | false
        { path: /a }                             | { path: //a }                             | true
        { pathPrefix: /a }                       | { path: /a/b }                            | true
        { pathPrefix: /a }                       | { pathPrefix: /a/b }                      | true
        { pathPrefix: /a }                       | { pathPrefix: /ab }                       | false
        { pathPrefix: /a }                       | { pathTemplate: "/a/{x}" }                | true
        { pathPrefix: /a/b }                     | { pathTemplate: "/a/{x}" }                | false
        { pathTemplate: "/a/{x}" }               | { path: /a/b }                            | true
        { pathTemplate: "/a/{x}" }               | { pathTemplate: "/a/b" }                  | true
        { pathTemplate: "/a/{x}" }               | { pathTemplate: "/{y}/b" }                | false
        { pathTemplate: "/a/{x}" }               | { pathPrefix: /a }                        | false
        { methods: [GET, PUT] }                  | { methods: GET }                          | true
        { methods: GET }                         | { methods: [GET, PUT] }                   | false
        { methods: GET }                         | {}                                        | false
        { headers: { X: { present: true } } }    | { headers: { x: { prefix: a } } }         | true
        { headers: { X: { prefix: a } } }        | { headers: { x: abc } }                   | true
        { headers: { X: { prefix: a } } }        | { headers: { y: abc } }                   | false
        { headers: { X: { regex: "[a-c]+" } } }  | { headers: { x: abc } }                   | true
        { headers: { X: { regex: "[a-c]+" } } }  | { headers: { x: { prefix: a } } }         | false
        { headers: { X: abc } }                  | { headers: { x: { prefix: a } } }         | false
        { headers: { X: { present: false } } }   | { headers: { x: { present: false } } }    | true
        { headers: { X: { present: true } } }    | { headers: { x: { present: false } } }    | false
        { query: { v: { prefix: a } } }          | { query: { v: abc, w: x } }               | true
        { query: { v: { prefix: a } } }          | { query: { V: abc } }                     | false
        { sources: [shop, cart] }                | { sources: shop }                         | true
        { sources: shop }                        | {}                                        | false
        { sourceIdentities: "spiffe://a/*" }     | { sourceIdentities: "spiffe://a/b/*" }    | true
        { sourceIdentities: "spiffe://a/b/*" }   | { sourceIdentities: "spiffe://a/*" }      | false
        """)
    void aRuleIsUnreachableWhenAnEarlierOneTakesAllThatItWouldTake(String first, String second, boolean unreachable) {
        List<UnreachableRule> found =
                UnreachableRule.in(rules("{ match: " + first + ", to: v1 }, { match: " + second + ", to: v2 }"));

        assertThat(!found.isEmpty()).isEqualTo(unreachable);
        if (unreachable) {
            assertThat(found.getFirst().rule()).isEqualTo(1);
            assertThat(found.getFirst().by()).isZero();
        }
    }

    @Test
    void aRuleThatLeavesAShareHidesNone() {
        assertThat(UnreachableRule.in(rules("{ to: v1, weight: 99 }, { to: v2 }")))
                .isEmpty();
    }

    @Test
    void theFirstRuleThatHidesItIsNamedWithTheReason() {
        List<UnreachableRule> found = UnreachableRule.in(
                rules("{ match: { path: /b }, to: v1 }, { to: v1 }, { match: { path: /a }, to: v2 }"));

        assertThat(found).containsExactly(new UnreachableRule(2, 1, "it takes everything"));
        assertThat(found.getFirst().text())
                .isEqualTo("rules[2]: never reached, since rules[1] comes first and it takes everything");
    }

    @Test
    void whatIsFoundIsNeverReachedByAnyRequest() {
        int found = 0;
        for (int i = 0; i < 1_500; i++) {
            List<String> written = new ArrayList<>();
            for (int rule = 0; rule < 4; rule++) {
                written.add("{ match: { " + match() + " }, to: v" + (1 + rule % 3) + " }");
            }
            String fields = String.join(", ", written);
            List<UnreachableRule> unreachable = UnreachableRule.in(rules(fields));
            found += unreachable.size();
            if (unreachable.isEmpty()) {
                continue;
            }
            RouteTable table = TestMesh.written("rules: [" + fields + "]");
            for (int j = 0; j < 60; j++) {
                RouteReason reason = ((RouteDecision.Routed) table.decide("catalog", request(), random)).reason();
                assertThat(unreachable)
                        .as(fields)
                        .noneMatch(rule -> reason.equals(new RouteReason.ByRule(rule.rule())));
            }
        }

        assertThat(found).isGreaterThan(300);
    }

    private String match() {
        List<String> conditions = new ArrayList<>();
        if (random.nextInt(3) > 0) {
            conditions.add(PATHS[random.nextInt(PATHS.length)]);
        }
        if (random.nextBoolean()) {
            conditions.add("headers: { X: " + HEADERS[random.nextInt(HEADERS.length)] + " }");
        }
        if (random.nextInt(3) == 0) {
            conditions.add("query: { q: " + HEADERS[random.nextInt(HEADERS.length)] + " }");
        }
        return String.join(", ", conditions);
    }

    private TestRequest request() {
        String[] targets = {"/a", "/a/b", "/a/", "/b", "/a/b/c", "//a/x"};
        String query = random.nextBoolean() ? "?q=" + "xy".substring(0, random.nextInt(3)) : "";
        TestRequest request = TestRequest.get(targets[random.nextInt(targets.length)] + query);
        return random.nextInt(3) == 0 ? request : request.with("x", "xyz".substring(0, random.nextInt(4)));
    }

    private static List<RoutingRule> rules(String fields) {
        return TestMesh.policy("catalog", "rules: [" + fields + "]").rules();
    }
}
