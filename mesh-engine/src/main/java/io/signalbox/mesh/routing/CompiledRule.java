package io.signalbox.mesh.routing;

import io.signalbox.mesh.hash.StableHash;
import io.signalbox.mesh.model.RequestHead;
import io.signalbox.mesh.model.RoutingRule;
import io.signalbox.mesh.model.RuleTarget;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

/** A routing rule with its conditions compiled and its decision made ahead. Immutable. */
final class CompiledRule {

    private final RequestTest test;
    private final int percent;
    private final RuleOutcome outcome;
    private final boolean sendsOn;
    private final long salt;

    private CompiledRule(RoutingRule rule, RuleOutcome outcome, long salt) {
        this.test = RequestTest.of(rule.match());
        this.percent = rule.weight().percent();
        this.outcome = outcome;
        this.sendsOn = rule.target() instanceof RuleTarget.Version || rule.target() instanceof RuleTarget.Weighted;
        this.salt = salt;
    }

    static CompiledRule of(int index, VersionTargets targets) {
        RoutingRule rule = targets.config().policy().rules().get(index);
        // Its place may change, so what it leads to tells one rule's draws by key from another's.
        long salt = StableHash.of(
                StableHash.of(0, targets.config().service()), "rule to " + new TreeSet<>(rule.versions()));
        return new CompiledRule(rule, RuleOutcome.of(index, rule, targets), salt);
    }

    boolean readsPath() {
        return test.readsPath();
    }

    boolean readsQuery() {
        return test.readsQuery();
    }

    boolean takes(RequestHead head, String canonicalPath, String query, RequestDraw draw, RandomGenerator random) {
        return test.holds(head, canonicalPath, query) && takesShare(draw, random);
    }

    /** Whether it takes a connection that is no request: what looks at requests, or answers them, never does. */
    boolean takesStream(RandomGenerator random) {
        return sendsOn && test.isFree() && Draw.takes(percent, random);
    }

    RouteDecision decide(RequestHead head, RequestDraw draw, RandomGenerator random) {
        return outcome.decide(head, draw, random);
    }

    private boolean takesShare(RequestDraw draw, RandomGenerator random) {
        return draw.byKey() ? Draw.ofHash(StableHash.mix(draw.key(), salt)) < percent : Draw.takes(percent, random);
    }
}
