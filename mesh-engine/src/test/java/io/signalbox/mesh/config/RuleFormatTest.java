package io.signalbox.mesh.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.mesh.model.HeaderEdits;
import io.signalbox.mesh.model.PathTemplate;
import io.signalbox.mesh.model.RateLimit;
import io.signalbox.mesh.model.Rewrite;
import io.signalbox.mesh.model.RouteEdits;
import io.signalbox.mesh.model.RouteMatch;
import io.signalbox.mesh.model.RoutingRule;
import io.signalbox.mesh.model.RuleTarget;
import io.signalbox.mesh.model.Stickiness;
import io.signalbox.mesh.model.TrafficPolicy;
import io.signalbox.mesh.model.ValueMatch;
import io.signalbox.mesh.model.Weight;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleFormatTest {

    private static final String HEAD = """
        apiVersion: signalbox.io/v1
        kind: TrafficPolicy
        service: users
        """;

    @Test
    void aRuleIsReadFieldByFieldAndWrittenSoThatItReadsTheSame() {
        TrafficPolicy policy = PolicyFormat.read(HEAD + """
            rules:
              - match:
                  headers: { X-User-Type: premium, X-Beta: { present: true }, X-Bot: { present: false } }
                  pathTemplate: /users/{id}
                  query: { preview: { prefix: b }, lang: { regex: "de|en" } }
                  methods: GET
                  sources: shop
                  sourceIdentities: spiffe://mesh.example/*
                to: { v1: 90, v2: 10 }
                rateLimit: { requests: 20, burst: 5 }
                rewrite: { path: "/people/{id}", host: people.example }
                requestHeaders: { set: { X-A: a }, add: { X-B: b }, remove: X-C }
                responseHeaders: { remove: [Server] }
              - redirect: { status: 308, path: /new }
              - directResponse: { status: 204 }
            """);

        RoutingRule expected = new RoutingRule(
                new RouteMatch(
                        Map.of(
                                "X-User-Type", new ValueMatch.Exact("premium"),
                                "X-Beta", new ValueMatch.Present(),
                                "X-Bot", new ValueMatch.Absent()),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(new PathTemplate("/users/{id}")),
                        Set.of("GET"),
                        Map.of("preview", new ValueMatch.Prefix("b"), "lang", new ValueMatch.Regex("de|en")),
                        Set.of("shop"),
                        Set.of("spiffe://mesh.example/*")),
                new RuleTarget.Weighted(Map.of("v1", new Weight(90), "v2", new Weight(10))),
                Weight.ALL,
                Optional.empty(),
                Optional.empty(),
                new RouteEdits(
                        Optional.of(new Rewrite(
                                Optional.of("/people/{id}"), Optional.empty(), Optional.of("people.example"))),
                        new HeaderEdits(Map.of("X-A", "a"), Map.of("X-B", "b"), Set.of("X-C")),
                        new HeaderEdits(Map.of(), Map.of(), Set.of("Server"))),
                Optional.of(new RateLimit(20, Duration.ofSeconds(1), 5)));
        assertThat(policy.rules().getFirst()).isEqualTo(expected);
        assertThat(policy.rules())
                .extracting(rule -> rule.target().getClass().getSimpleName())
                .containsExactly("Weighted", "Redirect", "DirectResponse");
        assertThat(PolicyFormat.read(PolicyFormat.yaml(policy))).isEqualTo(policy);
        assertThat(PolicyFormat.read(PolicyFormat.json(policy))).isEqualTo(policy);
    }

    @Test
    void stickinessIsByHeaderOrByCookie() {
        assertThat(stickiness("stickiness: { header: X-User-ID }")).contains(new Stickiness.ByHeader("X-User-ID"));
        assertThat(stickiness("stickiness: { cookie: session }"))
                .contains(new Stickiness.ByCookie("session", "/", Optional.empty()));
        assertThat(stickiness("stickiness: { cookie: session, path: /shop, ttl: 1h }"))
                .contains(new Stickiness.ByCookie("session", "/shop", Optional.of(Duration.ofHours(1))));
    }

    @Test
    void anAbTestUnderStickinessNeedsNoSplitKeyAndIsWrittenWithoutOne() {
        TrafficPolicy policy =
                PolicyFormat.read(HEAD + "abTest: { versionA: v1, versionB: v2 }\nstickiness: { cookie: session }");

        assertThat(PolicyFormat.yaml(policy)).doesNotContain("splitKey").contains("cookie: session");
        assertThat(PolicyFormat.read(PolicyFormat.yaml(policy))).isEqualTo(policy);
    }

    @Test
    void aPolicyWithoutTheNewFieldsIsWrittenWithoutThem() {
        String plain = PolicyFormat.yaml(PolicyFormat.read(HEAD + "rules: [{ match: { path: /a }, to: v2 }]"));

        assertThat(plain).endsWith("rules:\n  - match:\n      path: /a\n    to: v2\n");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
        stickiness: {}                                 | line 4, column 13: stickiness.header: missing (expected: one of header, cookie)
        stickiness: { header: X, cookie: y }           | line 4, column 34: stickiness.cookie: beside header (expected: one of header, cookie)
        stickiness: { header: X, ttl: 1h }             | stickiness.ttl: beside header (expected: cookie beside it)
        stickiness: { header: "a b" }                  | line 4, column 23: stickiness.header: a b (expected: the name of a header field)
        stickiness: { cookie: "a;b" }                  | stickiness.cookie: a;b (expected: the name of a cookie)
        stickiness: { cookie: a, path: "/;x" }         | stickiness.path: /;x (expected: a path that begins with / and has no ;)
        stickiness: { cookie: a, ttl: 10ms }           | stickiness.ttl: PT0.01S (expected: whole seconds, at least one)
        stickiness: { cookie: a, tll: 1h }             | stickiness.tll: unknown field (expected: did you mean ttl?)
        abTest: { versionA: a, versionB: b }           | abTest.splitKey: missing (expected: required)
        """)
    void wrongStickinessIsRefusedWithItsPlace(String fields, String message) {
        assertThatThrownBy(() -> PolicyFormat.read(HEAD + fields))
                .isInstanceOf(InvalidDocumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void aSplitKeyBesideStickinessIsRefused() {
        assertThatThrownBy(() -> PolicyFormat.read(
                        HEAD + "stickiness: { header: X }\nabTest: { versionA: a, versionB: b, splitKey: Y }"))
                .hasMessage(
                        "line 5, column 47: abTest.splitKey: Y (expected: left out, since stickiness names the key)");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
        to: { v1: 90, v2: 20 }                                   | line 5, column 11: rules[0].to: {v1=90 %, v2=20 %} (expected: weights that sum to 100, not 110)
        to: { v1: 90, v2: x }                                    | rules[0].to.v2: x (expected: a whole number)
        weight: 10                                               | rules[0].to: missing (expected: required)
        to: v1, redirect: { path: /x }                           | rules[0].redirect: beside to (expected: one of to, redirect, directResponse)
        redirect: {}                                             | line 5, column 17: rules[0].redirect.path: missing (expected: at least one of path, pathPrefix, host)
        redirect: { status: 305, path: /x }                      | rules[0].redirect.status: 305 (expected: 301, 302, 303, 307 or 308)
        redirect: { path: /x, scheme: https }                    | rules[0].redirect.scheme: https (expected: a host beside it)
        redirect: { host: "a b" }                                | rules[0].redirect.host: a b (expected: a host name, with or without a port)
        redirect: { path: /x }, timeout: 1s                      | rules[0].timeout: beside redirect (expected: only beside to, since nothing is sent on)
        directResponse: { body: x }                              | rules[0].directResponse.status: missing (expected: required)
        directResponse: { status: 99 }                           | rules[0].directResponse.status: 99 (expected: 200..599)
        directResponse: { status: 204, body: x }                 | rules[0].directResponse.body: given (expected: none, since an answer with status 204 has no body)
        directResponse: { status: 200, contentType: text }       | rules[0].directResponse.contentType: text (expected: a media type, such as application/json)
        to: v1, rewrite: { path: "/{x}" }                        | line 5, column 32: rules[0].rewrite.path: /{x} (expected: variables of match.pathTemplate, not [x])
        to: v1, rewrite: { pathPrefix: /x }                      | rules[0].rewrite.pathPrefix: /x (expected: match.pathPrefix beside it, which it replaces)
        to: v1, rewrite: { path: "/a b" }                        | rules[0].rewrite.path: /a b (expected: a path of at most 1024 characters that begins with /, encoded, without a query)
        to: v1, rewrite: { path: /x, pathPrefix: /y }            | rules[0].rewrite.pathPrefix: beside path (expected: one of path, pathPrefix)
        to: v1, requestHeaders: { set: { Host: x } }             | rules[0].requestHeaders.set: Host (expected: a field that the mesh does not write itself)
        to: v1, requestHeaders: { set: { A: x }, remove: a }     | rules[0].requestHeaders.remove: a (expected: each field in one of set, add, remove)
        to: v1, requestHeaders: { remove: "a b" }                | rules[0].requestHeaders.remove: a b (expected: the name of a header field)
        to: v1, responseHeaders: { set: { A: "x\\ny" } }         | (expected: a value of at most 4096 characters without line breaks or space at the ends)
        to: v1, match: { headers: { X: { regex: "(" } } }        | line 5, column 47: rules[0].match.headers.X.regex: ( (expected: RE2's syntax, without look-around and back-references; missing closing ))
        to: v1, match: { headers: { X: { regex: "(a{99}){99}" } } } | rules[0].match.headers.X.regex: (a{99}){99} (expected: at most 100 steps when repetitions are written out)
        to: v1, match: { headers: { X: { prefix: "" } } }        | rules[0].match.headers.X.prefix: empty (expected: a text; present: true takes any value)
        to: v1, match: { headers: { X: { present: maybe } } }    | rules[0].match.headers.X.present: maybe (expected: true | false)
        to: v1, match: { headers: { X: {} } }                    | rules[0].match.headers.X.exact: missing (expected: one of exact, prefix, regex, present)
        to: v1, match: { headers: { X: { exact: a, prefix: b } } } | rules[0].match.headers.X.prefix: beside exact (expected: one of exact, prefix, regex, present)
        to: v1, match: { headers: { X: { exakt: a } } }          | rules[0].match.headers.X.exakt: unknown field (expected: did you mean exact?)
        to: v1, match: { pathTemplate: "/a{b}" }                 | line 5, column 38: rules[0].match.pathTemplate: /a{b} (expected: variables that fill their segment, such as /users/{id})
        to: v1, match: { pathTemplate: "/{a}/{a}" }              | rules[0].match.pathTemplate: /{a}/{a} (expected: each variable once, not again {a})
        to: v1, match: { pathTemplate: "/a//b" }                 | rules[0].match.pathTemplate: /a//b (expected: no empty segments, and none that is . or ..)
        to: v1, match: { sources: Shop }                         | rules[0].match.sources: Shop (expected: 1 to 63 of a-z, 0-9 and -, not - at either end)
        to: v1, match: { sourceIdentities: shop }                | rules[0].match.sourceIdentities: shop (expected: a SPIFFE id
        """)
    void aWrongRuleIsRefusedWithItsPlace(String rule, String message) {
        assertThatThrownBy(() -> PolicyFormat.read(HEAD + "rules:\n  - { " + rule + " }"))
                .isInstanceOf(InvalidDocumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void longTemplatesAndBodiesAreRefusedWithoutRepeatingThem() {
        assertThatThrownBy(() -> new PathTemplate("/a".repeat(100_000)))
                .hasMessageContaining("match.pathTemplate: 200000 characters (expected: ");
        assertThatThrownBy(() -> new PathTemplate("/a".repeat(33)))
                .hasMessage("match.pathTemplate: 33 segments (expected: at most 32 segments)");
        assertThatThrownBy(() -> new RuleTarget.DirectResponse(200, "x".repeat(4_097), "text/plain"))
                .hasMessage("directResponse.body: 4097 characters (expected: at most 4096 characters)");
    }

    private static Optional<Stickiness> stickiness(String field) {
        TrafficPolicy policy = PolicyFormat.read(HEAD + "split: { v1: 50, v2: 50 }\n" + field);
        assertThat(PolicyFormat.read(PolicyFormat.yaml(policy))).isEqualTo(policy);
        return policy.stickiness();
    }
}
