package io.signalbox.mesh.explain;

import io.signalbox.mesh.model.MeshConfig;
import io.signalbox.mesh.model.RoutingRule;
import io.signalbox.mesh.model.ServiceConfig;
import io.signalbox.mesh.model.Stickiness;
import io.signalbox.mesh.routing.RouteDecision;
import io.signalbox.mesh.routing.RouteReason;
import io.signalbox.mesh.routing.RouteReason.BySplit;
import io.signalbox.mesh.routing.RouteReason.SplitKind;
import io.signalbox.mesh.routing.RouteSource;
import io.signalbox.mesh.routing.RouteTable;
import io.signalbox.mesh.routing.RuleTrial;
import io.signalbox.mesh.routing.StickyKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What recorded decisions tell of the lots that were drawn for them, in the order of the draws. Another policy draws from
 * the same generator, so that its first draw would have been the same lot. For one thread.
 */
public final class KnownLots {

    /** Tables of the time, by the configuration and who asked. */
    private final Map<Known, RouteTable> tables = new HashMap<>();

    private record Known(long revision, long policyRevision, RouteSource caller) {}

    List<LotRange> of(DecisionRecord record) {
        return switch (record.decision()) {
            case RouteDecision.Routed routed -> of(record, routed.config(), routed.reason(), routed.newKey() != null);
            case RouteDecision.AnsweredHere answered -> of(record, answered.config(), answered.reason(), false);
            case RouteDecision.UnknownService _ -> List.of();
            case null -> List.of();
        };
    }

    private List<LotRange> of(DecisionRecord record, ServiceConfig config, RouteReason reason, boolean keyDrawn) {
        if (keyDrawn || byKey(record, config)) {
            return List.of();
        }
        List<LotRange> lots = new ArrayList<>();
        if (!ofRules(record, config, reason, lots)) {
            return List.of();
        }
        int last = last(reason);
        if (last >= 0) {
            lots.add(LotRange.only(last));
        }
        return lots;
    }

    /** Whether a key stood in for chance, or a cookie was drawn before everything else. */
    private boolean byKey(DecisionRecord record, ServiceConfig config) {
        if (config.policy().stickiness().isEmpty()) {
            return false;
        }
        StickyKey key = table(record, config).stickyKey(config.service(), record.head(), record.keys(), null);
        return config.policy()
                        .stickiness()
                        .filter(Stickiness.ByCookie.class::isInstance)
                        .isPresent()
                || (key != null && key.origin() != StickyKey.Origin.NONE);
    }

    /** What the weights of rules drew; false where that cannot be told. */
    private boolean ofRules(DecisionRecord record, ServiceConfig config, RouteReason reason, List<LotRange> lots) {
        if (config.policy().rules().stream().noneMatch(KnownLots::draws)) {
            return true;
        }
        WatchedHead head = new WatchedHead(record.head());
        List<RuleTrial> trials = table(record, config).trials(config.service(), head);
        if (head.missed()) {
            return false;
        }
        int took = RuleStep.took(reason, trials.size());
        for (RuleTrial trial : trials) {
            if (trial.index() <= took && trial.matches() && draws(trial.rule())) {
                int weight = trial.rule().weight().percent();
                lots.add(trial.index() == took ? new LotRange(0, weight) : new LotRange(weight, LotRange.ANY.to()));
            }
        }
        return true;
    }

    private static boolean draws(RoutingRule rule) {
        int weight = rule.weight().percent();
        return weight > 0 && weight < LotRange.ANY.to();
    }

    /** The lot that chose the version; negative when none was drawn for that. */
    private static int last(@Nullable RouteReason reason) {
        return switch (reason) {
            case BySplit split -> split.kind() == SplitKind.AB_HASH ? BySplit.NO_DRAW : split.draw();
            case RouteReason.ByRuleShare share -> share.draw();
            case RouteReason.ByRule _, RouteReason.Unsplit _ -> BySplit.NO_DRAW;
            case null -> BySplit.NO_DRAW;
        };
    }

    private RouteTable table(DecisionRecord record, ServiceConfig config) {
        return tables.computeIfAbsent(
                new Known(record.revision(), config.policyRevision(), record.caller()),
                known -> RouteTable.of(
                        new MeshConfig(known.revision(), Map.of(config.service(), config)), known.caller()));
    }
}
