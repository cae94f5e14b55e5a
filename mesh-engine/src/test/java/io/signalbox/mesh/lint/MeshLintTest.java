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
