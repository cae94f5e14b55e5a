package io.signalbox.mesh.routing;

import io.signalbox.mesh.model.RequestHead;
import io.signalbox.mesh.model.RoutingRule;
import io.signalbox.mesh.model.RuleTarget;
import io.signalbox.mesh.model.Weight;
import io.signalbox.mesh.routing.RouteReason.BySplit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** What a rule decides about a request that it takes, worked out ahead as far as that goes. */
@FunctionalInterface
interface RuleOutcome {

    /** The decision about the request; {@code draw} draws by its stable key, or else at random. */
    RouteDecision decide(RequestHead head, RequestDraw draw, RandomGenerator random);

    static RuleOutcome of(int index, RoutingRule rule, VersionTargets targets) {
        Edits edits = Edits.of(rule);
        return switch (rule.target()) {
            case RuleTarget.Version(String version) -> {
                RouteDecision decision = targets.version(version).routed(rule, edits, new RouteReason.ByRule(index));
                yield (head, draw, random) -> decision;
            }
            case RuleTarget.Weighted(Map<String, Weight> weights) ->
                divided(index, rule, edits, WeightedTargets.of(weights, targets));
            case RuleTarget.Redirect redirect -> redirected(index, rule, redirect, targets);
            case RuleTarget.DirectResponse direct -> {
                RouteDecision decision = answered(
                        index,
                        rule,
                        targets,
                        direct.status(),
                        direct.body().isEmpty() ? Map.of() : Map.of("Content-Type", direct.contentType()),
                        direct.body());
                yield (head, draw, random) -> decision;
            }
        };
    }

    private static RuleOutcome divided(int index, RoutingRule rule, Edits edits, WeightedTargets shares) {
        RouteReason[] reasons = IntStream.range(BySplit.NO_DRAW, Draw.LOTS)
                .mapToObj(lot -> new RouteReason.ByRuleShare(index, lot))
                .toArray(RouteReason[]::new);
        return (head, draw, random) -> {
            if (draw.byKey()) {
                return shares.byKey(draw.key()).routed(rule, edits, reasons[0]);
            }
            int lot = Draw.random(random);
            return shares.byLot(lot).routed(rule, edits, reasons[lot - BySplit.NO_DRAW]);
        };
    }

    private static RuleOutcome redirected(
            int index, RoutingRule rule, RuleTarget.Redirect redirect, VersionTargets targets) {
        PlaceRewrite place = PlaceRewrite.of(redirect.to(), rule.match());
        String beginning = redirect.to()
                .host()
                .map(host -> redirect.scheme().orElse("http") + "://" + host)
                .orElse("");
        return (head, draw, random) -> answered(
                index,
                rule,
                targets,
                redirect.status(),
                Map.of("Location", beginning + place.target(head.path(), head.query())),
                "");
    }

    private static RouteDecision.AnsweredHere answered(
            int index, RoutingRule rule, VersionTargets targets, int status, Map<String, String> headers, String body) {
        Map<String, String> edited = new LinkedHashMap<>(headers);
        rule.edits().response().remove().forEach(name -> remove(edited, name));
        rule.edits().response().set().forEach((name, value) -> {
            remove(edited, name);
            edited.put(name, value);
        });
        rule.edits().response().add().forEach(edited::put);
        return new RouteDecision.AnsweredHere(targets.config(), status, edited, body, new RouteReason.ByRule(index));
    }

    private static void remove(Map<String, String> headers, String name) {
        headers.keySet().removeIf(name::equalsIgnoreCase);
    }
}
