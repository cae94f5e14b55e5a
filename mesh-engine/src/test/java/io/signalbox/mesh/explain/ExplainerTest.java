package io.signalbox.mesh.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.mesh.explain.ExplainedRequest.Certainty;
import io.signalbox.mesh.explain.RuleStep.Verdict;
import io.signalbox.mesh.model.AnsweredBy;
import io.signalbox.mesh.model.BalancingStrategy;
import io.signalbox.mesh.model.CircuitBreakerConfig;
import io.signalbox.mesh.model.Endpoint;
import io.signalbox.mesh.model.MeshConfig;
import io.signalbox.mesh.model.Protocol;
import io.signalbox.mesh.model.RetryPolicy;
import io.signalbox.mesh.model.RouteMatch;
import io.signalbox.mesh.model.RoutingRule;
import io.signalbox.mesh.model.ServiceConfig;
import io.signalbox.mesh.model.Splitting;
import io.signalbox.mesh.model.SuccessRate;
import io.signalbox.mesh.model.TrafficPolicy;
import io.signalbox.mesh.model.Weight;
import io.signalbox.mesh.routing.FailedCondition;
import io.signalbox.mesh.routing.RouteDecision;
import io.signalbox.mesh.routing.RouteReason;
import io.signalbox.mesh.routing.RouteTable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ExplainerTest {

    private static final int POLICIES = 400;
    private static final int REQUESTS_EACH = 25;
    private static final String[] VERSIONS = {"v1", "v2", "v3"};
    private static final String[] PATHS = {"/", "/a", "/a/b", "/a/../b", "/ab", "//a", "/b"};
    private static final String[] RULE_PATHS = {"/", "/a", "/b"};
    private static final String[] METHODS = {"GET", "PUT", "POST"};
    private static final String[] USERS = {"A", "b", "v2", "mira", "noor"};

    private final SplittableRandom random = new SplittableRandom(2_032);
    private final EnumSet<Verdict> verdicts = EnumSet.noneOf(Verdict.class);
    private final EnumSet<VersionChoice.By> choices = EnumSet.noneOf(VersionChoice.By.class);

    @Test
    void theExplanationOfTenThousandRandomDecisionsIsWhatHappened() {
        for (int i = 0; i < POLICIES; i++) {
            ServiceConfig config = config();
            RouteTable table = RouteTable.of(new MeshConfig(i, Map.of("catalog", config)));
            for (int j = 0; j < REQUESTS_EACH; j++) {
                HeldHead head = head();
                RouteDecision.Routed routed =
                        (RouteDecision.Routed) table.decide("catalog", head, new SplittableRandom(random.nextLong()));
                compare(config, head, routed, Explainer.explain(record(i, head, routed), 0));
            }
        }
        assertThat(verdicts)
                .containsExactlyInAnyOrder(Verdict.NOT_MATCHED, Verdict.PASSED_OVER, Verdict.TOOK, Verdict.NOT_REACHED);
        assertThat(choices).containsExactlyInAnyOrder(VersionChoice.By.values());
    }

    private void compare(ServiceConfig config, HeldHead head, RouteDecision.Routed routed, ExplainedRequest explained) {
        String context = config.policy() + " " + head + " " + routed.reason();
        assertThat(explained.certainty()).as(context).isEqualTo(Certainty.REPLAYED);
        int took = routed.reason() instanceof RouteReason.ByRule(int index) ? index : Integer.MAX_VALUE;
        for (RuleStep step : explained.rules()) {
            int index = step.rule() - 1;
            RoutingRule rule = config.policy().rules().get(index);
            verdicts.add(step.verdict());
            switch (step.verdict()) {
                case TOOK -> assertThat(index).as(context).isEqualTo(took);
                case NOT_REACHED -> assertThat(index).as(context).isGreaterThan(took);
                case PASSED_OVER -> {
                    assertThat(index).as(context).isLessThan(took);
                    assertThat(failing(rule.match(), head)).as(context).isEmpty();
                    assertThat(rule.weight().percent()).as(context).isLessThan(100);
                }
                case NOT_MATCHED -> {
                    assertThat(index).as(context).isLessThan(took);
                    FailedCondition firstFalse = Objects.requireNonNull(step.firstFalse(), context);
                    assertThat(failing(rule.match(), head)).as(context).contains(firstFalse.subject());
                }
                case TAKES_SHARE -> throw new AssertionError(context);
            }
        }
        VersionChoice choice = Objects.requireNonNull(explained.choice(), context);
        choices.add(choice.by());
        assertThat(choice.version()).as(context).isEqualTo(routed.version());
        if (routed.reason() instanceof RouteReason.BySplit(var kind, int draw) && choice.lot() != null) {
            assertThat(choice.lot()).as(context).isEqualTo(draw);
        }
    }

    /** Every condition that does not hold, found by reading the rule and not by the routing table. */
    private static List<String> failing(RouteMatch match, HeldHead head) {
        List<String> failing = new ArrayList<>();
        String path = head.path().replace("//", "/").replace("/a/../b", "/b");
        if (!match.methods().isEmpty() && !match.methods().contains(head.method())) {
            failing.add("method");
        }
        match.path().filter(wanted -> !wanted.equals(path)).ifPresent(_ -> failing.add("path"));
        match.pathPrefix()
                .filter(wanted -> !wanted.equals("/") && !(path + "/").startsWith(wanted + "/"))
                .ifPresent(_ -> failing.add("path prefix"));
        match.headers().forEach((name, value) -> {
            if (!head.all(name).contains(value)) {
                failing.add("header " + name);
            }
        });
        return failing;
    }

    @Test
    void aConditionThatFailsSaysWhatWasExpectedAndFound() {
        RoutingRule rule = RoutingRule.of(
                new RouteMatch(Map.of("x-user", "premium"), Optional.empty(), Optional.empty(), Set.of()), "v2");
        assertThat(firstFalse(rule, head("GET", "/", Map.of())))
                .isEqualTo(new FailedCondition("header x-user", "premium", "absent"));
        assertThat(firstFalse(rule, head("GET", "/", Map.of("X-User", "basic"))))
                .isEqualTo(new FailedCondition("header x-user", "premium", "basic"));
    }

    @Test
    void whatProvesWhoSomebodyIsStaysHidden() {
        RoutingRule rule = RoutingRule.of(
                new RouteMatch(Map.of("Authorization", "Bearer 1"), Optional.empty(), Optional.empty(), Set.of()),
                "v2");
        assertThat(firstFalse(rule, head("GET", "/", Map.of("authorization", "Bearer 2"))))
                .isEqualTo(new FailedCondition("header Authorization", "(hidden)", "(hidden)"));
    }

    @Test
    void aCutHeadIsSaidToBeOne() {
        HeldHead cut = new HeldHead("GET", "/", "catalog", List.of(), HeldHead.Extent.CUT);
        RouteDecision.Routed routed = decide(config(List.of(), new Splitting.Unsplit()), cut);

        assertThat(Explainer.explain(record(1, cut, routed), 0).certainty()).isEqualTo(Certainty.HEAD_CUT);
    }

    @Test
    void aRecordThatDoesNotFitItsConfigurationIsFoundOut() {
        HeldHead head = head("GET", "/", Map.of());
        RouteDecision.Routed routed = decide(config(List.of(), new Splitting.Unsplit()), head);
        RouteDecision.Routed forged = new RouteDecision.Routed(
                routed.config(),
                routed.policy(),
                "v3",
                routed.endpoints(),
                routed.timeout(),
                routed.retry(),
                routed.reason());

        assertThat(Explainer.explain(record(1, head, forged), 0).certainty()).isEqualTo(Certainty.DIFFERENT);
    }

    private static @Nullable FailedCondition firstFalse(RoutingRule rule, HeldHead head) {
        ServiceConfig config = config(List.of(rule), new Splitting.Unsplit());
        return Explainer.explain(record(1, head, decide(config, head)), 0)
                .rules()
                .getFirst()
                .firstFalse();
    }

    private static RouteDecision.Routed decide(ServiceConfig config, HeldHead head) {
        return (RouteDecision.Routed) Explainer.tableOf(1, config).decide("catalog", head, new SplittableRandom(1));
    }

    static DecisionRecord record(long revision, HeldHead head, RouteDecision.Routed routed) {
        return new DecisionRecord(
                Records.trace(1, 1, 0),
                "r",
                Records.NOON,
                1,
                "shop",
                "shop-1",
                head,
                "catalog",
                revision,
                routed,
                List.of(),
                List.of(),
                200,
                AnsweredBy.UPSTREAM,
                null,
                Kept.SAMPLED);
    }

    static HeldHead head(String method, String target, Map<String, String> fields) {
        return new HeldHead(method, target, "catalog", List.copyOf(fields.entrySet()), HeldHead.Extent.WHOLE);
    }

    static ServiceConfig config(List<RoutingRule> rules, Splitting splitting) {
        TrafficPolicy policy = new TrafficPolicy(
                "catalog",
                Duration.ofSeconds(5),
                BalancingStrategy.ROUND_ROBIN,
                CircuitBreakerConfig.DEFAULT,
                RetryPolicy.OFF,
                rules,
                splitting);
        return ServiceConfig.starting(policy, List.of(endpoint("v1"), endpoint("v2")));
    }

    private static Endpoint endpoint(String version) {
        return new Endpoint("catalog", "catalog-" + version, version, "127.0.0.1", 1, Protocol.HTTP, null);
    }

    private ServiceConfig config() {
        List<RoutingRule> rules = new ArrayList<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            rules.add(rule());
        }
        return config(rules, splitting());
    }

    private RoutingRule rule() {
        RouteMatch match = new RouteMatch(
                random.nextInt(3) == 0 ? Map.of("X-User", any(USERS)) : Map.of(),
                random.nextInt(4) == 0 ? Optional.of(any(RULE_PATHS)) : Optional.empty(),
                random.nextInt(2) == 0 ? Optional.of(any(RULE_PATHS)) : Optional.empty(),
                random.nextInt(3) == 0 ? Set.of(any(METHODS)) : Set.of());
        return new RoutingRule(
                match,
                any(VERSIONS),
                random.nextBoolean() ? Weight.ALL : new Weight(random.nextInt(101)),
                Optional.empty(),
                Optional.empty());
    }

    private Splitting splitting() {
        Weight weight = new Weight(random.nextInt(101));
        return switch (random.nextInt(4)) {
            case 0 -> new Splitting.Unsplit();
            case 1 -> {
                Map<String, Weight> weights = new LinkedHashMap<>();
                weights.put("v1", weight);
                weights.put("v3", weight.complement());
                yield new Splitting.Weighted(weights);
            }
            case 2 -> canary(weight);
            default -> new Splitting.AbTest("v1", "v2", "X-User", weight.complement(), weight);
        };
    }

    static Splitting.Canary canary(Weight weight) {
        return new Splitting.Canary(
                "v1", "v2", weight, new Weight(10), Duration.ofMinutes(5), Weight.ALL, new SuccessRate(0.99));
    }

    private HeldHead head() {
        List<Map.Entry<String, String>> fields = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            fields.add(Map.entry(random.nextBoolean() ? "x-user" : "X-Other", any(USERS)));
        }
        return new HeldHead(any(METHODS), any(PATHS), "catalog", fields, HeldHead.Extent.WHOLE);
    }

    private String any(String[] choices) {
        return choices[random.nextInt(choices.length)];
    }
}
