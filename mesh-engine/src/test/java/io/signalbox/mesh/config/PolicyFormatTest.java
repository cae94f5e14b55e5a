package io.signalbox.mesh.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.signalbox.mesh.model.BalancingStrategy;
import io.signalbox.mesh.model.CircuitBreakerConfig;
import io.signalbox.mesh.model.HashOn;
import io.signalbox.mesh.model.LoadBalancing;
import io.signalbox.mesh.model.RetryCondition;
import io.signalbox.mesh.model.RetryPolicy;
import io.signalbox.mesh.model.RouteMatch;
import io.signalbox.mesh.model.RoutingRule;
import io.signalbox.mesh.model.Splitting;
import io.signalbox.mesh.model.SuccessRate;
import io.signalbox.mesh.model.TrafficPolicy;
import io.signalbox.mesh.model.Weight;
import io.signalbox.mesh.model.ZonePreference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyFormatTest {

    private static final String HEAD = """
        apiVersion: signalbox.io/v1
        kind: TrafficPolicy
        service: user-service
        """;

    private static final TrafficPolicy FULL = new TrafficPolicy(
            "user-service",
            Duration.ofSeconds(5),
            BalancingStrategy.LEAST_REQUEST,
            new CircuitBreakerConfig(5, 2, Duration.ofSeconds(60), 3),
            new RetryPolicy(
                    3,
                    Optional.of(Duration.ofSeconds(1)),
                    Set.of(RetryCondition.ANY_5XX, RetryCondition.TIMEOUT, RetryCondition.CONNECT_FAILURE),
                    new RetryPolicy.Backoff(Duration.ofMillis(25), Duration.ofSeconds(1)),
                    new RetryPolicy.Budget(0.2, 3),
                    RetryPolicy.Methods.IDEMPOTENT),
            List.of(RoutingRule.of(
                    new RouteMatch(
                            Map.of("X-User-Type", "premium"), Optional.empty(), Optional.of("/v1"), Set.of("GET")),
                    "v2")),
            new Splitting.Canary(
                    "v1",
                    "v2",
                    new Weight(10),
                    new Weight(10),
                    Duration.ofMinutes(5),
                    Weight.ALL,
                    new SuccessRate(0.99)));

    @Test
    void theContractsExampleIsReadFieldByField() {
        TrafficPolicy read = PolicyFormat.read("""
            apiVersion: signalbox.io/v1
            kind: TrafficPolicy
            service: user-service
            timeout: 5s
            loadBalancing: { strategy: least-request }
            circuitBreaker: { failureThreshold: 5, successThreshold: 2, openDuration: 60s, halfOpenRequests: 3 }
            retry: { maxAttempts: 3, perTryTimeout: 1s, retryOn: [5xx, timeout, connect-failure], backoff: { base: 25ms, max: 1s }, budget: { ratio: 0.2, minPerSecond: 3 } }
            rules:
              - match: { headers: { X-User-Type: premium }, pathPrefix: /v1, methods: [GET] }
                to: v2
            canary:
              stable: v1
              candidate: v2
              initialWeight: 10
              incrementStep: 10
              incrementDelay: 5m
              maxWeight: 100
              successRate: 0.99
            """);

        assertThat(read).isEqualTo(FULL);
    }

    @Test
    void jsonSaysTheSameAsYaml() {
        assertThat(PolicyFormat.read(PolicyFormat.json(FULL))).isEqualTo(FULL);
        assertThat(PolicyFormat.json(FULL)).startsWith("{");
    }

    @Test
    void whatIsLeftOutGetsTheDefaults() {
        assertThat(PolicyFormat.read(HEAD)).isEqualTo(TrafficPolicy.defaults("user-service"));
    }

    @Test
    void everythingAboutBalancingIsReadFieldByField() {
        LoadBalancing read = PolicyFormat.read(HEAD + """
            loadBalancing:
              strategy: maglev
              hashOn: { header: X-User-ID }
              weights: { cart-1: 3, cart-127.0.0.1-8000: 5 }
              zonePreference: {}
              panicThreshold: 50
            """).balancing();

        assertThat(read)
                .isEqualTo(LoadBalancing.hashing(BalancingStrategy.MAGLEV, new HashOn.Header("X-User-ID"))
                        .withWeights(Map.of("cart-1", 3, "cart-127.0.0.1-8000", 5))
                        .withZonePreference(new ZonePreference(70))
                        .withPanicThreshold(50));
        assertThat(PolicyFormat.read(HEAD + "loadBalancing: {slowStart: 30s}").balancing())
                .isEqualTo(LoadBalancing.DEFAULT.withSlowStart(Duration.ofSeconds(30)));
    }

    @Test
    void aPolicyThatAsksForNothingSpecialIsWrittenAsBefore() {
        assertThat(PolicyFormat.yaml(TrafficPolicy.defaults("cart"))).contains("""
            loadBalancing:
              strategy: round-robin
            circuitBreaker:
            """);
    }

    @Test
    void aSplitKeepsItsWrittenOrder() {
        Splitting splitting =
                PolicyFormat.read(HEAD + "split: {v2: 30, v1: 70}").splitting();

        assertThat(splitting)
                .isInstanceOfSatisfying(
                        Splitting.Weighted.class,
                        split -> assertThat(split.weights())
                                .containsExactly(Map.entry("v2", new Weight(30)), Map.entry("v1", new Weight(70))));
    }

    @Test
    void oneWeightOfAnAbTestGivesTheOther() {
        Splitting splitting = PolicyFormat.read(
                        HEAD + "abTest: {versionA: v1, versionB: v2, splitKey: X-User-Cohort, weightA: 80}")
                .splitting();

        assertThat(splitting)
                .isEqualTo(new Splitting.AbTest("v1", "v2", "X-User-Cohort", new Weight(80), new Weight(20)));
    }

    @Test
    void aRuleMayCarryItsOwnWeightTimeoutAndRetries() {
        RoutingRule rule = PolicyFormat.read(HEAD + """
            rules:
              - match: { path: /beta }
                to: v2
                weight: 25
                timeout: 250ms
                retry: { maxAttempts: 2, retryOn: reset, methods: any }
            """).rules().getFirst();

        assertThat(rule.weight()).isEqualTo(new Weight(25));
        assertThat(rule.timeout()).contains(Duration.ofMillis(250));
        assertThat(rule.retry().orElseThrow().retryOn()).containsExactly(RetryCondition.RESET);
        assertThat(rule.retry().orElseThrow().methods()).isEqualTo(RetryPolicy.Methods.ANY);
    }

    @Test
    void severalDocumentsMayStandInOneFile() {
        List<TrafficPolicy> read =
                PolicyFormat.readAll(HEAD + "---\n" + HEAD.replace("user-service", "cart") + "---\n");

        assertThat(read).extracting(TrafficPolicy::service).containsExactly("user-service", "cart");
    }

    @Test
    void readingOneDocumentRefusesTwo() {
        assertThatThrownBy(() -> PolicyFormat.read(HEAD + "---\n" + HEAD))
                .hasMessageContaining("2 documents (expected: one document)");
    }

    @ParameterizedTest(name = "{1}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
        4 | timeout: 5                                     | timeout: 5 (expected: a duration with a unit
        4 | timeout: 0s                                    | timeout: PT0S (expected: more than zero)
        4 | timeout: 9000h                                 | timeout: 9000h (expected: at most 8760h)
        4 | timeuot: 5s                                    | timeuot: unknown field (expected: did you mean timeout?)
        4 | circuitBreaker: {failure_threshold: 5}         | circuitBreaker.failure_threshold: unknown field (expected: did you mean failureThreshold?)
        4 | circuitBreaker: {failureThreshold: 0}          | circuitBreaker.failureThreshold: 0 (expected: >= 1)
        4 | circuitBreaker: {failureThreshold: many}       | circuitBreaker.failureThreshold: many (expected: a whole number)
        4 | circuitBreaker: {failureThreshold: 1.5}        | circuitBreaker.failureThreshold: 1.5 (expected: a whole number)
        4 | circuitBreaker: {failureThreshold: "5"}        | circuitBreaker.failureThreshold: 5 (expected: a whole number)
        4 | circuitBreaker: [1]                            | circuitBreaker: a list (expected: a mapping of fields)
        4 | circuitBreaker:                                | circuitBreaker: nothing (expected: a mapping of fields)
        4 | loadBalancing: {strategy: fastest}             | loadBalancing.strategy: fastest (expected: round-robin | random | least-request)
        4 | loadBalancing: {strategy: maglev}              | loadBalancing.hashOn: missing (expected: required with maglev: source-address
        4 | loadBalancing: {strategy: random, hashOn: path} | loadBalancing.hashOn: given (expected: ring-hash or maglev as strategy)
        4 | loadBalancing: {strategy: maglev, hashOn: body} | loadBalancing.hashOn: body (expected: source-address
        4 | loadBalancing: {strategy: maglev, hashOn: {header: a, cookie: b}} | loadBalancing.hashOn: 2 fields (expected: one of header and cookie)
        4 | loadBalancing: {strategy: maglev, hashOn: {header: "a b"}} | loadBalancing.hashOn.header: a b (expected: 1 to 256 letters
        4 | loadBalancing: {strategy: maglev, hashOn: {heade: a}} | loadBalancing.hashOn.heade: unknown field (expected: did you mean header?)
        4 | loadBalancing: {strategy: maglev, hashOn: path, slowStart: 5s} | loadBalancing.slowStart: given (expected: nothing with maglev
        4 | loadBalancing: {slowStart: 0s}                 | loadBalancing.slowStart: PT0S (expected: more than zero)
        4 | loadBalancing: {weights: {cart-1: 2}}          | loadBalancing.weights: given (expected: a strategy that weighs
        4 | loadBalancing: {strategy: weighted-round-robin, weights: {cart-1.b: 0}} | loadBalancing.weights.cart-1.b: 0 (expected: 1..1000)
        4 | loadBalancing: {zonePreference: {spillBelow: 0}} | loadBalancing.zonePreference.spillBelow: 0 (expected: 1..100)
        4 | loadBalancing: {panicThreshold: 101}           | loadBalancing.panicThreshold: 101 (expected: 0..100)
        4 | loadBalancing: {panicThreshold: 50%}           | loadBalancing.panicThreshold: 50% (expected: a whole number)
        4 | split: {v1: 70, v2: 20}                        | expected: weights that sum to 100, not 90
        4 | split: {v1: 170}                               | split.v1: 170 (expected: 0..100)
        4 | split: {v1: -1, v2: 101}                       | split.v1: -1 (expected: 0..100)
        4 | canary: {stable: v1}                           | canary.candidate: missing (expected: required)
        4 | canary: {stable: v1, candidate: v1}            | canary.candidate: v1 (expected: another version than stable)
        4 | canary: {stable: v1, candidate: v2, successRate: 99} | canary.successRate: 99.0 (expected: 0.0..1.0)
        4 | abTest: {versionA: v1, versionB: v2, splitKey: k, weightA: 50, weightB: 60} | abTest: 50 %, 60 % (expected: weights that sum to 100, not 110)
        4 | rules: {to: v2}                                | rules: a mapping (expected: a list of mappings)
        4 | rules: [{to: v2, match: {path: beta}}]         | rules[0].match.path
        4 | rules: [{match: {path: /}}]                    | rules[0].to: missing (expected: required)
        4 | rules: [{to: v2, match: {methods: [get]}}]     | rules[0].match.methods: get (expected: a method in capitals, such as GET)
        4 | service: again                                 | service: given twice (expected: each field once)
        """)
    void aWrongFieldIsRefusedWithItsLinePathValueAndExpectation(int line, String text, String message) {
        InvalidDocumentException refusal =
                catchThrowableOfType(InvalidDocumentException.class, () -> PolicyFormat.read(HEAD + text));

        assertThat(refusal).hasMessageStartingWith("line " + line + ", column ").hasMessageContaining(message);
    }

    @Test
    void theColumnPointsAtTheValue() {
        InvalidDocumentException refusal = catchThrowableOfType(
                InvalidDocumentException.class,
                () -> PolicyFormat.read(HEAD + "canary:\n  stable: v1\n  candidate: v2\n  initialWeight: 120\n"));

        assertThat(refusal).hasMessage("line 7, column 18: canary.initialWeight: 120 (expected: 0..100)");
        assertThat(refusal.field()).isEqualTo("canary.initialWeight");
        assertThat(refusal.value()).isEqualTo("120");
        assertThat(refusal.expected()).isEqualTo("0..100");
        assertThat(refusal.line()).isEqualTo(7);
        assertThat(refusal.column()).isEqualTo(18);
    }

    @Test
    void onlyOneFormOfSplittingMayBeGiven() {
        assertThatThrownBy(() -> PolicyFormat.read(HEAD + "split: {v1: 100}\ncanary: {stable: v1, candidate: v2}\n"))
                .hasMessageContaining("line 5")
                .hasMessageContaining("canary: beside split (expected: one of split, canary, abTest)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kind: TrafficPolicy\nservice: a",
                "apiVersion: signalbox.io/v2\nkind: TrafficPolicy\nservice: a",
                "apiVersion: signalbox.io/v1\nkind: Policy\nservice: a",
                "apiVersion: signalbox.io/v1\nkind: TrafficPolicy",
                "apiVersion: signalbox.io/v1\nkind: TrafficPolicy\nservice: Not_A_Label",
                "",
                "# only a comment",
                "just words",
                "[]"
            })
    void aDocumentThatIsNoPolicyIsRefused(String text) {
        assertThatThrownBy(() -> PolicyFormat.read(text)).isInstanceOf(InvalidDocumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a: [1, 2",
                "a: b: c",
                "{\"a\": 1,}",
                "{\"a\" 1}",
                "\ta: 1",
                "a: 'open",
                "{\"a\": \"\u0001\"}",
                "a: 1\n b: 2",
                "%YAML 9.9",
                "\"a: \\q\""
            })
    void malformedTextIsRefusedInOneLineWithItsPlace(String text) {
        assertThatThrownBy(() -> PolicyFormat.read(text))
                .isInstanceOf(InvalidDocumentException.class)
                .message()
                .startsWith("line ")
                .contains("(expected: well-formed YAML or JSON)")
                .doesNotContain("\n")
                .doesNotContain("Source")
                .doesNotContain("reader");
    }

    @Test
    void malformedJsonNamesItsLine() {
        assertThatThrownBy(() -> PolicyFormat.read("{\n  \"apiVersion\": \"signalbox.io/v1\",\n  \"kind\" 5\n}"))
                .hasMessageStartingWith("line 3, column ");
    }

    @Test
    void anAliasBombIsRefusedBeforeItGrows() {
        assertThatThrownBy(() -> PolicyFormat.read("a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n"))
                .hasMessageContaining("anchors are not read");
        assertThatThrownBy(() -> PolicyFormat.read("a: *nowhere")).isInstanceOf(InvalidDocumentException.class);
    }

    @Test
    void depthAndSizeAreLimited() {
        assertThatThrownBy(() -> PolicyFormat.read("[".repeat(2_000))).isInstanceOf(InvalidDocumentException.class);
        assertThatThrownBy(() -> PolicyFormat.read("a:\n" + "- ".repeat(2_000) + "x"))
                .isInstanceOf(InvalidDocumentException.class);
        assertThatThrownBy(() -> PolicyFormat.read(HEAD + "#".repeat(1 << 20))).hasMessageContaining("at most 1 MiB");
    }

    @Test
    void whatIsWrittenIsReadBackEqual() {
        Random random = new Random(20_260);
        for (int i = 0; i < 500; i++) {
            TrafficPolicy policy = RandomPolicies.next(random);
            assertThat(PolicyFormat.read(PolicyFormat.yaml(policy))).isEqualTo(policy);
            assertThat(PolicyFormat.read(PolicyFormat.json(policy))).isEqualTo(policy);
        }
    }

    @Test
    void writingKeepsTheWrittenOrderOfASplit() {
        String yaml = PolicyFormat.yaml(PolicyFormat.read(HEAD + "split: {v3: 20, v1: 50, v2: 30}"));

        assertThat(yaml).contains("split:\n  v3: 20\n  v1: 50\n  v2: 30");
    }

    @Test
    void randomBytesNeverCauseAnythingButARefusal() {
        Random random = new Random(7);
        String alphabet = "abckind: -[]{}\"'\n\t&*#|>%!,0159.~\\\u00e9";
        List<Throwable> surprises = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            StringBuilder text = new StringBuilder(random.nextBoolean() ? HEAD : "");
            random.ints(random.nextInt(60), 0, alphabet.length()).forEach(at -> text.append(alphabet.charAt(at)));
            try {
                PolicyFormat.readAll(text.toString());
            } catch (InvalidDocumentException expected) {
                assertThat(expected.line()).isPositive();
            } catch (RuntimeException surprise) {
                surprises.add(surprise);
            }
        }
        assertThat(surprises).isEmpty();
    }
}
