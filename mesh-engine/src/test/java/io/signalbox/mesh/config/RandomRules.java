package io.signalbox.mesh.config;

import io.signalbox.mesh.model.HeaderEdits;
import io.signalbox.mesh.model.PathTemplate;
import io.signalbox.mesh.model.Rewrite;
import io.signalbox.mesh.model.RouteEdits;
import io.signalbox.mesh.model.RouteMatch;
import io.signalbox.mesh.model.RoutingRule;
import io.signalbox.mesh.model.RuleTarget;
import io.signalbox.mesh.model.ValueMatch;
import io.signalbox.mesh.model.Weight;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** Valid rules of every shape. */
final class RandomRules {

    private RandomRules() {}

    static RoutingRule next(Random random) {
        RouteMatch match = new RouteMatch(
                values(random),
                Optional.empty(),
                Optional.of("/v1"),
                Optional.of(new PathTemplate(RandomPolicies.pick(random, List.of("/{id}", "/users/{id}/x", "/a/")))),
                random.nextBoolean() ? Set.of() : Set.of("GET"),
                values(random),
                random.nextBoolean() ? Set.of() : Set.of("true", "1e3", "shop"),
                random.nextBoolean() ? Set.of() : Set.of("spiffe://mesh.example/service/cart", "spiffe://x/*"));
        RuleTarget target = target(random);
        boolean sends = target instanceof RuleTarget.Version || target instanceof RuleTarget.Weighted;
        RouteEdits edits = new RouteEdits(
                sends && random.nextBoolean() ? Optional.of(place(random)) : Optional.empty(),
                sends ? headers(random) : HeaderEdits.NONE,
                headers(random));
        return new RoutingRule(
                match, target, new Weight(random.nextInt(101)), Optional.empty(), Optional.empty(), edits);
    }

    private static Map<String, ValueMatch> values(Random random) {
        return random.nextBoolean() ? Map.of() : Map.of("yes", value(random), "X-B", value(random));
    }

    private static ValueMatch value(Random random) {
        String text = RandomPolicies.pick(random, RandomPolicies.AWKWARD);
        return switch (random.nextInt(5)) {
            case 0 -> new ValueMatch.Exact(text);
            case 1 -> new ValueMatch.Prefix("x" + text);
            case 2 -> new ValueMatch.Regex(RandomPolicies.pick(random, List.of("true", "[0-9]+", "~", "a|b", "")));
            case 3 -> new ValueMatch.Present();
            default -> new ValueMatch.Absent();
        };
    }

    private static RuleTarget target(Random random) {
        int share = random.nextInt(101);
        return switch (random.nextInt(4)) {
            case 0 -> new RuleTarget.Version(RandomPolicies.pick(random, List.of("1.0", "no", "v1")));
            case 1 -> new RuleTarget.Weighted(Map.of("v1", new Weight(share), "2.0", new Weight(100 - share)));
            case 2 -> {
                Rewrite to = place(random);
                yield new RuleTarget.Redirect(
                        RandomPolicies.pick(random, List.of(301, 302, 308)),
                        to.host().isPresent() ? Optional.of("https") : Optional.empty(),
                        to);
            }
            default -> {
                String body = RandomPolicies.pick(random, RandomPolicies.AWKWARD);
                yield new RuleTarget.DirectResponse(200 + random.nextInt(4), body, "application/json");
            }
        };
    }

    private static Rewrite place(Random random) {
        return switch (random.nextInt(3)) {
            case 0 -> new Rewrite(Optional.of("/people/1"), Optional.empty(), Optional.of("people"));
            case 1 -> new Rewrite(Optional.empty(), Optional.of("/v2"), Optional.empty());
            default -> new Rewrite(Optional.empty(), Optional.empty(), Optional.of("1.0"));
        };
    }

    private static HeaderEdits headers(Random random) {
        return random.nextBoolean()
                ? HeaderEdits.NONE
                : new HeaderEdits(
                        random.nextBoolean() ? Map.of() : Map.of("X-Set", "1.0", "null", "~"),
                        random.nextBoolean() ? Map.of() : Map.of("X-Add", "# x"),
                        random.nextBoolean() ? Set.of() : Set.of("Server", "no"));
    }
}
