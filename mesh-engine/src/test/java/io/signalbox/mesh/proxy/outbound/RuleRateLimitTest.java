package io.signalbox.mesh.proxy.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.mesh.model.Protection;
import io.signalbox.mesh.model.RateLimit;
import io.signalbox.mesh.model.RouteEdits;
import io.signalbox.mesh.model.RouteMatch;
import io.signalbox.mesh.model.RoutingRule;
import io.signalbox.mesh.model.RuleTarget;
import io.signalbox.mesh.model.TrafficPolicy;
import io.signalbox.mesh.model.Weight;
import io.signalbox.mesh.proxy.message.Fields;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rate limits of rules: methods tell the rules apart. */
class RuleRateLimitTest {

    private final StagedMesh mesh = new StagedMesh();

    @BeforeEach
    void begin() {
        mesh.endpoint("a", attempt -> attempt.answer(Duration.ZERO, 200));
    }

    @Test
    void aRuleLimitsWhatItTakesAndNothingElse() {
        mesh.policy(policy(rule("GET").withRateLimit(anHour(2)), rule("PUT")));

        assertThat(let("GET", 5)).isEqualTo(2);
        assertThat(let("PUT", 5)).isEqualTo(5);
        assertThat(let("POST", 5)).as("no rule takes it").isEqualTo(5);
        assertThat(mesh.get().cause()).isEqualTo("rate-limited");
    }

    @Test
    void aRuleThatDividesWhatItTakesLimitsAllOfIt() {
        RoutingRule divided = new RoutingRule(
                        on("GET"),
                        new RuleTarget.Weighted(Map.of("v1", new Weight(100), "v2", new Weight(0))),
                        Weight.ALL,
                        Optional.empty(),
                        Optional.empty(),
                        RouteEdits.NONE)
                .withRateLimit(anHour(3));
        mesh.policy(policy(divided));

        assertThat(let("GET", 5)).isEqualTo(3);
    }

    @Test
    void aRequestMustPassTheRulesLimitAndThePolicysAndCountsOnNeitherWhenItIsRefused() {
        TrafficPolicy limited =
                policy(rule("GET").withRateLimit(anHour(3))).withProtection(Protection.NONE.withRateLimit(anHour(4)));
        mesh.policy(limited);

        assertThat(let("GET", 2)).isEqualTo(2);
        assertThat(let("PUT", 9)).as("two of four were left").isEqualTo(2);
        assertThat(let("GET", 5)).as("the policy's has none").isZero();
        mesh.policy(policy(rule("GET").withRateLimit(anHour(3))));
        assertThat(let("GET", 5)).as("one of the rule's three was left").isEqualTo(1);
    }

    @Test
    void aBucketGoesOnWhereverItsRuleMovesAndBeginsFullWhenItsLimitChanges() {
        RoutingRule limited = rule("GET").withRateLimit(anHour(2));
        mesh.policy(policy(limited));
        assertThat(let("GET", 5)).isEqualTo(2);

        mesh.policy(policy(rule("PUT").withRateLimit(anHour(2)), limited));
        assertThat(let("GET", 5)).isZero();
        assertThat(let("PUT", 5)).isEqualTo(2);
        mesh.policy(policy(rule("GET").withRateLimit(anHour(3))));
        assertThat(let("GET", 5)).isEqualTo(3);
    }

    @Test
    void rulesThatAreAlikeHaveBucketsOfTheirOwn() {
        RoutingRule half = new RoutingRule(on("GET"), "v1", new Weight(50), Optional.empty(), Optional.empty())
                .withRateLimit(anHour(4));
        mesh.policy(policy(half, rule("GET").withRateLimit(anHour(4))));

        assertThat(let("GET", 200)).isEqualTo(8);
        mesh.policy(policy(half, rule("GET").withRateLimit(anHour(4))));
        assertThat(let("GET", 200)).isZero();
    }

    private int let(String method, int requests) {
        int let = 0;
        for (int i = 0; i < requests; i++) {
            StagedExchange exchange = mesh.send(method, new Fields());
            mesh.time.advance(Duration.ZERO);
            let += exchange.status() == 200 ? 1 : 0;
        }
        return let;
    }

    private static RateLimit anHour(int requests) {
        return new RateLimit(requests, Duration.ofHours(1), requests);
    }

    private static RouteMatch on(String method) {
        return new RouteMatch(Map.of(), Optional.empty(), Optional.empty(), Set.of(method));
    }

    private static RoutingRule rule(String method) {
        return RoutingRule.of(on(method), "v1");
    }

    private static TrafficPolicy policy(RoutingRule... rules) {
        TrafficPolicy plain = TrafficPolicy.defaults(StagedMesh.SERVICE);
        return new TrafficPolicy(
                plain.service(),
                plain.timeout(),
                plain.balancing(),
                plain.circuitBreaker(),
                plain.retry(),
                List.of(rules),
                plain.splitting());
    }
}
