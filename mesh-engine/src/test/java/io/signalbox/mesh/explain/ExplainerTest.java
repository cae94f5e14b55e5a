package io.signalbox.mesh.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.mesh.explain.ExplainedRequest.Certainty;
import io.signalbox.mesh.explain.RuleStep.Verdict;
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
import io.signalbox.mesh.model.ValueMatch;
import io.signalbox.mesh.model.Weight;
import io.signalbox.mesh.routing.Edits;
import io.signalbox.mesh.routing.FailedCondition;
import io.signalbox.mesh.routing.RouteDecision;
import io.signalbox.mesh.routing.RouteReason;
import io.signalbox.mesh.routing.RouteTable;
import io.signalbox.mesh.routing.StableKeys;
import io.signalbox.mesh.routing.StickyKey;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ExplainerTest {

    private static final int POLICIES = 600;
    private static final int REQUESTS_EACH = 25;

    private final RandomRouting made = new RandomRouting(2_032);
    private final EnumSet<Verdict> verdicts = EnumSet.noneOf(Verdict.class);
    private final EnumSet<RuleStep.Action> actions = EnumSet.noneOf(RuleStep.Action.class);
    private final EnumSet<VersionChoice.By> choices = EnumSet.noneOf(VersionChoice.By.class);
    private final EnumSet<StickyKey.Origin> keys = EnumSet.noneOf(StickyKey.Origin.class);
    private final Set<String> subjects = new TreeSet<>();

    @Test
    void theExplanationOfFifteenThousandRandomDecisionsIsWhatHappened() {
        for (int i = 0; i < POLICIES; i++) {
            ServiceConfig config = made.config();
            RouteTable table = RouteTable.of(new MeshConfig(i, Map.of("catalog", config)), Records.SHOP);
            for (int j = 0; j < REQUESTS_EACH; j++) {
                HeldHead head = made.head();
                StableKeys known = table.keys(head, made.travelled(table));
                RouteDecision decision = table.decide("catalog", head, known, made.draws());
                compare(config, head, decision, Explainer.explain(record(i, head, known, decision), 0));
            }
        }
        assertThat(verdicts)
                .containsExactlyInAnyOrder(Verdict.NOT_MATCHED, Verdict.PASSED_OVER, Verdict.TOOK, Verdict.NOT_REACHED);
        assertThat(actions).containsExactlyInAnyOrder(RuleStep.Action.values());
        assertThat(choices).containsExactlyInAnyOrder(VersionChoice.By.values());
        assertThat(keys).containsExactlyInAnyOrder(StickyKey.Origin.values());
        assertThat(subjects)
                .containsExactly(
                        "header X-User",
                        "method",
                        "path",
                        "path prefix",
                        "path template",
                        "query tier",
                        "source",
                        "source identity");
    }

    private void compare(ServiceConfig config, HeldHead head, RouteDecision decision, ExplainedRequest explained) {
        String context = config.policy() + " " + head + " " + decision;
        assertThat(explained.certainty()).as(context).isEqualTo(Certainty.REPLAYED);
        RouteReason reason = decision instanceof RouteDecision.Routed routed
                ? routed.reason()
                : ((RouteDecision.AnsweredHere) decision).reason();
        int took = switch (reason) {
            case RouteReason.ByRule(int index) -> index;
            case RouteReason.ByRuleShare(int index, int _) -> index;
            case RouteReason.BySplit _, RouteReason.Unsplit _ -> Integer.MAX_VALUE;
        };
        explained.rules().forEach(step -> compare(config, head, step, took, context));
        if (explained.key() != null) {
            keys.add(explained.key().origin());
        }
        switch (decision) {
            case RouteDecision.Routed routed -> {
                assertThat(explained.request().stableKey()).as(context).isEqualTo(seen(explained.key()));
                VersionChoice choice = Objects.requireNonNull(explained.choice(), context);
                choices.add(choice.by());
                assertThat(choice.version()).as(context).isEqualTo(routed.version());
                assertThat(explained.answer()).as(context).isNull();
            }
            case RouteDecision.AnsweredHere answered -> {
                RuleAnswer answer = Objects.requireNonNull(explained.answer(), context);
                assertThat(answer.status()).as(context).isEqualTo(answered.status());
                assertThat(answer.rule()).as(context).isEqualTo(took + 1);
                assertThat(explained.choice()).as(context).isNull();
            }
            case RouteDecision.UnknownService _ -> throw new AssertionError(context);
        }
    }

    /** What a list of requests shows of a key: a secret only as its hash. */
    private static @Nullable String seen(@Nullable StickyKey key) {
        if (key == null) {
            return null;
        }
        return key.value() == null || key.value().equals(Secrets.MASK) ? key.hash() : key.value();
    }

    private void compare(ServiceConfig config, HeldHead head, RuleStep step, int took, String context) {
        int index = step.rule() - 1;
        RoutingRule rule = config.policy().rules().get(index);
        verdicts.add(step.verdict());
        actions.add(step.action());
        switch (step.verdict()) {
            case TOOK -> assertThat(index).as(context).isEqualTo(took);
            case NOT_REACHED -> assertThat(index).as(context).isGreaterThan(took);
            case PASSED_OVER -> {
                assertThat(index).as(context).isLessThan(took);
                assertThat(RandomRouting.failing(rule.match(), head))
                        .as(context)
                        .isEmpty();
                assertThat(rule.weight().percent()).as(context).isLessThan(100);
            }
            case NOT_MATCHED -> {
                assertThat(index).as(context).isLessThan(took);
                FailedCondition firstFalse = Objects.requireNonNull(step.firstFalse(), context);
                assertThat(RandomRouting.failing(rule.match(), head).getFirst())
                        .as(context)
                        .isEqualTo(firstFalse.subject());
                subjects.add(firstFalse.subject());
            }
            case TAKES_SHARE -> throw new AssertionError(context);
        }
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
    void whetherASecretIsThereAtAllIsNoSecret() {
        RouteMatch match = new RouteMatch(
                Map.of("Authorization", new ValueMatch.Present()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Set.of(),
                Map.of(),
                Set.of(),
                Set.of());
        assertThat(firstFalse(RoutingRule.of(match, "v2"), head("GET", "/", Map.of())))
                .isEqualTo(new FailedCondition("header Authorization", "present", "absent"));
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
                routed.reason(),
                Edits.NONE);

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
        return (RouteDecision.Routed)
                Replay.tableOf(1, config, Records.SHOP).decide("catalog", head, new SplittableRandom(1));
    }

    private static DecisionRecord record(long revision, HeldHead head, RouteDecision decision) {
        return record(revision, head, StableKeys.NONE, decision);
    }

    private static DecisionRecord record(long revision, HeldHead head, StableKeys known, RouteDecision decision) {
        return Records.decided("r", revision, head, known, decision);
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

    static Splitting.Canary canary(Weight weight) {
        return new Splitting.Canary(
                "v1", "v2", weight, new Weight(10), Duration.ofMinutes(5), Weight.ALL, new SuccessRate(0.99));
    }
}
