package io.signalbox.mesh.lint;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.mesh.config.PolicyFormat;
import io.signalbox.mesh.lint.LintFinding.Rule;
import io.signalbox.mesh.model.EdgeId;
import io.signalbox.mesh.model.TrafficPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MeshLintTest {

    private static final String THREE = "retry: { maxAttempts: 3 }";

    @Test
    void retriesOfThreeLayersAreMultiplied() {
        List<LintFinding> findings = lint(
                "shoppers->storefront storefront->checkout checkout->payment",
                policy("storefront", THREE),
                policy("checkout", THREE),
                policy("payment", THREE));

        assertThat(findings)
                .filteredOn(finding -> finding.service().equals("payment"))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.rule()).isEqualTo(Rule.AMPLIFICATION);
                    assertThat(finding.found())
                            .contains("one call of shoppers can become 27 of payment")
                            .contains("shoppers → storefront → checkout → payment")
                            .contains("to 1.73");
                });
    }

    @Test
    void aRuleBehindOneThatTakesAllIsTold() {
        assertThat(lint("", policy("b", "rules: [ { to: v1 }, { match: { methods: [GET] }, to: v2 } ]")))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.rule()).isEqualTo(Rule.UNREACHABLE_RULE);
                    assertThat(finding.found()).contains("policy of b: rules[1]: never reached");
                });
    }

    @Test
    void oneLayerThatTriesAgainIsFine() {
        assertThat(lint("shoppers->storefront storefront->checkout", policy("checkout", THREE)))
                .isEmpty();
    }

    @Test
    void theWorstOfSeveralPathsIsTold() {
        List<LintFinding> findings = lint(
                "a->b a->c b->d c->d",
                policy("b", "retry: { maxAttempts: 2 }"),
                policy("c", "retry: { maxAttempts: 5 }"),
                policy("d", THREE));

        assertThat(findings)
                .extracting(LintFinding::found)
                .singleElement()
                .asString()
                .contains("15 of d ", "a → c → d");
    }

    @Test
    void aCycleEnds() {
        List<LintFinding> findings = lint("in->a a->b b->a", policy("a", THREE), policy("b", THREE));

        assertThat(findings).extracting(LintFinding::service).contains("b");
    }

    @Test
    void aLargeMeshIsJudgedAtOnce() {
        StringBuilder edges = new StringBuilder();
        List<TrafficPolicy> policies = new ArrayList<>();
        for (int layer = 0; layer < 30; layer++) {
            policies.add(policy("s" + layer + "-0", "retry: { maxAttempts: 2 }"));
            for (int from = 0; from < 10; from++) {
                for (int to = 0; to < 5; to++) {
                    edges.append("s%d-%d->s%d-%d ".formatted(layer, from, layer + 1, to));
                }
            }
        }

        assertThat(lint(edges.toString(), policies.toArray(TrafficPolicy[]::new)))
                .isNotEmpty();
    }

    @Test
    void aCalleeIsNotWaitedForLongerThanItsCallerIs() {
        List<LintFinding> findings = lint(
                "shoppers->checkout checkout->payment",
                policy("checkout", "timeout: 2s"),
                policy("payment", "timeout: 5s"));

        assertThat(findings).singleElement().satisfies(finding -> {
            assertThat(finding.rule()).isEqualTo(Rule.TIMEOUT_INVERSION);
            assertThat(finding.service()).isEqualTo("payment");
            assertThat(finding.found()).contains("waits 5s for payment").contains("wait 2s");
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        timeout: 2s                                | timeout: 1s, rules: [ { to: v1, timeout: 9s } ] | true
        timeout: 2s, rules: [ { to: v1, timeout: 9s } ] | timeout: 5s                                | false
        """)
    void timeoutsOfRulesAreWaitedForToo(String caller, String callee, boolean told) {
        assertThat(lint(
                        "shoppers->checkout checkout->payment",
                        policy("checkout", caller.replace(", rules", "\nrules")),
                        policy("payment", callee.replace(", rules", "\nrules"))))
                .extracting(LintFinding::rule)
                .isEqualTo(told ? List.of(Rule.TIMEOUT_INVERSION) : List.of());
    }

    @Test
    void anEntrysOwnPatienceIsItsOwnAffair() {
        assertThat(lint("shoppers->checkout", policy("shoppers", "timeout: 1s"), policy("checkout", "timeout: 5s")))
                .isEmpty();
    }

    @Test
    void attemptsThatTheTimeoutCutsOffAreTold() {
        List<LintFinding> findings =
                lint("a->b", policy("b", "timeout: 2s\nretry: { maxAttempts: 3, perTryTimeout: 1s }"));

        assertThat(findings).singleElement().satisfies(finding -> {
            assertThat(finding.rule()).isEqualTo(Rule.RETRIES_CUT_OFF);
            assertThat(finding.found()).contains("b: 3 attempts of 1s").contains("timeout of 2s: 2 do");
            assertThat(finding.fix()).contains("timeout: 3s").contains("perTryTimeout: 666ms");
        });
    }

    @Test
    void hedgesAreAttemptsToo() {
        String hedged = "retry: { maxAttempts: 1, hedge: { after: 50ms, maxExtra: 2 } }";
        List<LintFinding> findings = lint("in->a a->b", policy("a", hedged), policy("b", hedged));

        assertThat(findings).singleElement().satisfies(finding -> {
            assertThat(finding.rule()).isEqualTo(Rule.AMPLIFICATION);
            assertThat(finding.found()).contains("one call of in can become 9 of b while that fails or is slow");
        });
        assertThat(lint("in->a a->b", policy("a", hedged), policy("b", "retry: { maxAttempts: 4, hedge: {} }")))
                .singleElement()
                .satisfies(finding -> assertThat(finding.found()).contains("can become 15 of b"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        [connect-failure]        | false | the service in between can be connected to
        [connect-failure, reset] | false | and does not break off
        [timeout]                | false | no attempt has a time of its own
        [5xx]                    | true  | it answers 500 when it cannot do without the other
        [429]                    | true  | it may pass on what it was told
        [grpc-unavailable]       | true  | the same in gRPC
        """)
    void aLayerThatTriesAgainOnlyWhatIsItsNeighboursOwnDoesNotMultiply(String retryOn, boolean told, String why) {
        List<LintFinding> findings = lint(
                "in->a a->b",
                policy("a", "retry: { maxAttempts: 3, retryOn: " + retryOn + " }"),
                policy("b", "retry: { maxAttempts: 3, retryOn: [connect-failure] }"));

        assertThat(findings).as(why).hasSize(told ? 1 : 0);
    }

    @Test
    void attemptsAreCutOffByTheTimeThatCallersOfTheCallerWait() {
        List<LintFinding> findings = lint(
                "in->a a->b",
                policy("a", "timeout: 2s"),
                policy("b", "timeout: 1900ms\nretry: { maxAttempts: 3, perTryTimeout: 600ms, retryOn: [5xx] }"));
        assertThat(findings).isEmpty();

        findings = lint(
                "in->a a->b",
                policy("a", "timeout: 1500ms"),
                policy("b", "timeout: 1900ms\nretry: { maxAttempts: 3, perTryTimeout: 600ms, retryOn: [5xx] }"));
        assertThat(findings)
                .filteredOn(finding -> finding.rule() == Rule.RETRIES_CUT_OFF)
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.found())
                            .isEqualTo(
                                    "b: 3 attempts of 600ms do not fit into the 1500ms that callers of a wait: 2 do");
                    assertThat(finding.fix()).isEqualTo("timeout of a: 1800ms, or perTryTimeout: 500ms");
                });
    }

    @Test
    void attemptsThatAreNotTriedAgainWhenTheirTimeIsOverAreNotCutOff() {
        assertThat(lint(
                        "a->b",
                        policy(
                                "b",
                                "timeout: 2s\nretry: { maxAttempts: 3, perTryTimeout: 1s, retryOn: [reset, 503] }")))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        timeout: 1s | maxAttempts: 1, hedge: {after: 300ms, maxExtra: 3}                | ''
        timeout: 1s | maxAttempts: 1, hedge: {after: 400ms, maxExtra: 3}                | b: 2 of 3 hedges, 400ms apart, fit into a timeout of 1s
        timeout: 1s | maxAttempts: 1, hedge: {after: 1s}                                | b: 0 of 1 hedges, 1s apart, fit into a timeout of 1s
        timeout: 5s | maxAttempts: 2, perTryTimeout: 300ms, hedge: {after: 300ms}       | b: 0 of 1 hedges, 300ms apart, fit into an attempt of 300ms
        timeout: 5s | maxAttempts: 2, perTryTimeout: 300ms, hedge: {after: 299ms}       | ''
        timeout: 1s | maxAttempts: 1, hedge: {after: p99}                               | ''
        """)
    void hedgesThatAreNeverDueAreTold(String timeout, String retry, String found) {
        List<LintFinding> findings = lint("a->b", policy("b", timeout + "\nretry: { " + retry + " }"));

        assertThat(findings.stream().map(LintFinding::found).toList())
                .isEqualTo(found.isEmpty() ? List.of() : List.of(found));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        maxAttempts: 2, retryOn: [connect-failure]     | false | nothing was sent
        maxAttempts: 2, retryOn: [retriable-4xx, 409]  | false | the application said that it did nothing
        maxAttempts: 2, retryOn: [503]                 | true  | it may have begun
        maxAttempts: 2, retryOn: [reset]               | true  | it may have ended
        maxAttempts: 1, retryOn: [5xx]                 | false | there is no second attempt
        maxAttempts: 1, retryOn: [], hedge: {}         | true  | both may be done
        """)
    void repeatingIsUnsafeOnlyWhereSomethingMayHaveBeenDone(String retry, boolean told, String why) {
        assertThat(lint("a->b", policy("b", "retry: { methods: any, " + retry + " }")))
                .as(why)
                .extracting(LintFinding::rule)
                .isEqualTo(told ? List.of(Rule.UNSAFE_RETRY) : List.of());
    }

    @Test
    void repeatingWhatMayNotBeDoneTwiceIsTold() {
        assertThat(lint("a->b", policy("b", "retry: { maxAttempts: 2, methods: any }")))
                .extracting(LintFinding::rule)
                .containsExactly(Rule.UNSAFE_RETRY);
        assertThat(lint(
                        "a->b",
                        policy(
                                "b",
                                "rules: [ { match: { methods: [GET] }, to: v1, retry: { maxAttempts: 2,"
                                        + " methods: any } } ]")))
                .isEmpty();
        assertThat(lint(
                        "a->b",
                        policy(
                                "b",
                                "rules: [ { match: { methods: [POST] }, to: v1, retry: { maxAttempts: 2,"
                                        + " methods: any } } ]")))
                .extracting(LintFinding::rule)
                .containsExactly(Rule.UNSAFE_RETRY);
    }

    @Test
    void aRuleForEveryMethodRepeatsPostsToo() {
        assertThat(lint(
                        "a->b",
                        policy(
                                "b",
                                "rules: [ { match: { pathPrefix: /orders }, to: v1, retry: { maxAttempts: 2,"
                                        + " methods: any } } ]")))
                .extracting(LintFinding::rule)
                .containsExactly(Rule.UNSAFE_RETRY);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        outlierDetection: { maxEjectedShare: 1.0 }                                         | true  | nobody may be left
        outlierDetection: { maxEjectedShare: 0.99 }                                        | false | rounded down, one stays
        outlierDetection: { consecutiveFailures: 1 }                                       | false | half of them stay
        { outlierDetection: { maxEjectedShare: 1.0 }, loadBalancing: { panicThreshold: 0 } }  | true  | never fewer than none
        { outlierDetection: { maxEjectedShare: 1.0 }, loadBalancing: { panicThreshold: 50 } } | false | below half all serve
        """)
    void everyEndpointThatMayBeLeftOutIsToldUnlessPanicSaysWhenToStop(String fields, boolean told, String why) {
        String more = fields.startsWith("{")
                ? fields.substring(2, fields.length() - 2).replace("}, load", "}\nload")
                : fields;

        assertThat(lint("a->b", policy("b", more)))
                .as(why)
                .extracting(LintFinding::rule)
                .isEqualTo(told ? List.of(Rule.ALL_ENDPOINTS_EJECTABLE) : List.of());
    }

    @Test
    void aRuleThatRepeatsMoreThanThePolicyMultipliesToo() {
        assertThat(lint(
                        "in->a a->b",
                        policy(
                                "a",
                                "retry: { maxAttempts: 1 }\nrules: [ { match: { path: /x }, to: v1, retry: {"
                                        + " maxAttempts: 4 } } ]"),
                        policy("b", THREE)))
                .singleElement()
                .satisfies(finding -> assertThat(finding.found())
                        .contains("one call of in can become 12 of b")
                        .contains("a: 4 attempts; b: 3 attempts"));
    }

    @Test
    void whatARuleThatTakesAllLeavesToThePolicyMultipliesNothing() {
        assertThat(lint(
                        "in->a a->b",
                        policy("a", "retry: { maxAttempts: 9 }\nrules: [ { to: v1, retry: { maxAttempts: 1 } } ]"),
                        policy("b", THREE)))
                .isEmpty();
    }

    @Test
    void copiesToAVersionOfTheSameServiceAreCallsToo() {
        List<LintFinding> findings = lint(
                "in->a a->b",
                policy(
                        "a",
                        "retry: { maxAttempts: 2, hedge: { after: 50ms, maxExtra: 1 } }"
                                + "\nmirror: { version: v2, share: 10, diff: {} }"),
                policy("b", THREE));

        assertThat(findings)
                .singleElement()
                .satisfies(finding -> assertThat(finding.found())
                        .contains("can become 15 of b")
                        .contains("a: 2 attempts + 1 hedge + 2 copies; b: 3 attempts")
                        .contains("hold the average to 1.57"));
    }

    @Test
    void copiesToAnotherServiceLeadOnToThoseThatItCalls() {
        List<LintFinding> findings = lint(
                "in->a a->b next->c",
                policy("a", "retry: { maxAttempts: 4 }"),
                policy("b", "mirror: { service: next }"),
                policy("c", THREE));

        assertThat(findings)
                .filteredOn(finding -> finding.rule() == Rule.AMPLIFICATION)
                .singleElement()
                .satisfies(finding -> assertThat(finding.found())
                        .contains("one call of in can become 12 of c")
                        .contains("in → a → next → c")
                        .contains("next: 1 copy of what b is asked"));
    }

    private static List<LintFinding> lint(String edges, TrafficPolicy... policies) {
        List<EdgeId> ids = edges.isEmpty()
                ? List.of()
                : Stream.of(edges.strip().split(" ")).map(EdgeId::parse).toList();
        return new MeshLint(ids, List.of(policies)).findings();
    }

    private static TrafficPolicy policy(String service, String more) {
        return PolicyFormat.readAll(
                        "apiVersion: signalbox.io/v1\nkind: TrafficPolicy\nservice: " + service + "\n" + more)
                .getFirst();
    }
}
