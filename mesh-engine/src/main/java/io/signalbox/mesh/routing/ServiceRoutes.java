package io.signalbox.mesh.routing;

import io.signalbox.mesh.model.RequestHead;
import io.signalbox.mesh.model.RoutingRule;
import io.signalbox.mesh.model.ServiceConfig;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** The rules and the split of one service, worked out ahead. Immutable. */
final class ServiceRoutes {

    private final List<RoutingRule> written;
    private final List<CompiledRule> rules;
    private final SplitSelector split;
    private final boolean readsPaths;

    private ServiceRoutes(List<RoutingRule> written, List<CompiledRule> rules, SplitSelector split) {
        this.written = written;
        this.rules = rules;
        this.split = split;
        this.readsPaths = rules.stream().anyMatch(CompiledRule::readsPath);
    }

    static ServiceRoutes of(ServiceConfig config) {
        VersionTargets targets = new VersionTargets(config);
        List<CompiledRule> rules = IntStream.range(0, config.policy().rules().size())
                .mapToObj(index -> CompiledRule.of(index, targets))
                .toList();
        return new ServiceRoutes(config.policy().rules(), rules, SplitSelector.of(targets));
    }

    RouteDecision.Routed decide(RequestHead head, RandomGenerator random) {
        if (!rules.isEmpty()) {
            String path = readsPaths ? RequestPath.canonical(head.path()) : "";
            for (int i = 0; i < rules.size(); i++) {
                CompiledRule rule = rules.get(i);
                if (rule.takes(head, path, random)) {
                    return rule.decision();
                }
            }
        }
        return split.select(head, random);
    }

    /** How each rule looks at the request, in the written order, also those behind one that takes it. */
    List<RuleTrial> trials(RequestHead head) {
        String path = readsPaths ? RequestPath.canonical(head.path()) : "";
        return IntStream.range(0, rules.size())
                .mapToObj(index -> new RuleTrial(
                        index, written.get(index), rules.get(index).firstFalse(head, path)))
                .toList();
    }

    RouteDecision.Routed decideStream(RandomGenerator random) {
        for (CompiledRule rule : rules) {
            if (rule.takesStream(random)) {
                return rule.decision();
            }
        }
        return split.select(NoRequest.HEAD, random);
    }
}
