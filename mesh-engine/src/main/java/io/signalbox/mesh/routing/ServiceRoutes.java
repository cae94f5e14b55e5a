package io.signalbox.mesh.routing;

import io.signalbox.mesh.model.RequestHead;
import io.signalbox.mesh.model.RoutingRule;
import io.signalbox.mesh.model.ServiceConfig;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The rules that one source may meet, and the split, of one service, worked out ahead. Immutable. */
final class ServiceRoutes {

    private final List<CompiledRule> rules;
    private final SplitSelector split;
    private final @Nullable KeySource sticky;
    private final boolean readsPaths;
    private final boolean readsQueries;

    private ServiceRoutes(List<CompiledRule> rules, SplitSelector split, @Nullable KeySource sticky) {
        this.rules = rules;
        this.split = split;
        this.sticky = sticky;
        this.readsPaths = rules.stream().anyMatch(CompiledRule::readsPath);
        this.readsQueries = rules.stream().anyMatch(CompiledRule::readsQuery);
    }

    static ServiceRoutes of(ServiceConfig config, RouteSource source) {
        VersionTargets targets = new VersionTargets(config);
        List<RoutingRule> written = config.policy().rules();
        List<CompiledRule> rules = IntStream.range(0, written.size())
                .filter(index -> source.meets(written.get(index).match()))
                .mapToObj(index -> CompiledRule.of(index, targets))
                .toList();
        return new ServiceRoutes(
                rules,
                SplitSelector.of(targets),
                config.policy().stickiness().map(KeySource::of).orElse(null));
    }

    RouteDecision decide(RequestHead head, StableKeys keys, RandomGenerator random) {
        KeySource source = sticky;
        if (source == null) {
            return decide(head, RequestDraw.RANDOM, random);
        }
        if (keys.has(source.id())) {
            return decide(head, RequestDraw.by(keys.hash(source.id())), random);
        }
        NewKey drawn = source.draw(random);
        if (drawn == null) {
            return decide(head, RequestDraw.RANDOM, random);
        }
        RouteDecision decision = decide(head, RequestDraw.by(drawn.hash()), random);
        return decision instanceof RouteDecision.Routed routed ? routed.giving(drawn) : decision;
    }

    private RouteDecision decide(RequestHead head, RequestDraw draw, RandomGenerator random) {
        if (!rules.isEmpty()) {
            String path = readsPaths ? RequestPath.canonical(head.path()) : "";
            String query = readsQueries ? head.query() : "";
            for (int i = 0; i < rules.size(); i++) {
                CompiledRule rule = rules.get(i);
                if (rule.takes(head, path, query, draw, random)) {
                    return rule.decide(head, draw, random);
                }
            }
        }
        return split.select(head, draw, random);
    }

    RouteDecision decideStream(RandomGenerator random) {
        for (CompiledRule rule : rules) {
            if (rule.takesStream(random)) {
                return rule.decide(NoRequest.HEAD, RequestDraw.RANDOM, random);
            }
        }
        return split.select(NoRequest.HEAD, RequestDraw.RANDOM, random);
    }
}
