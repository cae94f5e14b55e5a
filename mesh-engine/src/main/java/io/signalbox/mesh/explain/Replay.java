package io.signalbox.mesh.explain;

import io.signalbox.mesh.explain.ExplainedRequest.Certainty;
import io.signalbox.mesh.model.MeshConfig;
import io.signalbox.mesh.model.ServiceConfig;
import io.signalbox.mesh.routing.NewKey;
import io.signalbox.mesh.routing.RouteDecision;
import io.signalbox.mesh.routing.RouteReason;
import io.signalbox.mesh.routing.RouteSource;
import io.signalbox.mesh.routing.RouteTable;
import io.signalbox.mesh.routing.RuleTrial;
import io.signalbox.mesh.routing.StableKeys;
import io.signalbox.mesh.routing.StickyKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A recorded decision, made again by the routing table of that time, with the keys that were known and the lots that were
 * drawn.
 *
 * @param key {@code null} when the policy has no stickiness
 */
record Replay(
        Certainty certainty,
        List<RuleTrial> trials,
        RouteReason reason,
        @Nullable StickyKey key) {

    static Replay of(DecisionRecord record, RouteDecision.Routed routed) {
        return of(record, routed, routed.config(), routed.reason(), routed.newKey());
    }

    static Replay of(DecisionRecord record, RouteDecision.AnsweredHere answered) {
        return of(record, answered, answered.config(), answered.reason(), null);
    }

    private static Replay of(
            DecisionRecord record,
            RouteDecision decision,
            ServiceConfig config,
            RouteReason reason,
            @Nullable NewKey drawn) {
        String service = config.service();
        RouteTable table = tableOf(record.revision(), config, record.caller());
        List<RuleTrial> trials = table.trials(service, record.head());
        StickyKey key = table.stickyKey(service, record.head(), record.keys(), drawn);
        if (record.head().extent() == HeldHead.Extent.CUT) {
            return new Replay(Certainty.HEAD_CUT, trials, reason, shown(key));
        }
        ScriptedDraws draws = new ScriptedDraws(lots(trials, reason));
        // Of a key that was drawn for a request which a rule then answered nothing is left: chance stands in for it.
        RouteDecision again = key != null && key.origin() == StickyKey.Origin.NONE
                ? table.decideByChance(service, record.head(), draws)
                : table.decide(service, record.head(), known(record.keys(), drawn), draws);
        return new Replay(same(decision, again) ? Certainty.REPLAYED : Certainty.DIFFERENT, trials, reason, shown(key));
    }

    /** The routes of one service alone: holding whole tables would keep every revision alive. */
    static RouteTable tableOf(long revision, ServiceConfig service, RouteSource caller) {
        return RouteTable.of(new MeshConfig(revision, Map.of(service.service(), service)), caller);
    }

    /** What proves who somebody is stays out of explanations. */
    static @Nullable StickyKey shown(@Nullable StickyKey key) {
        return key == null || key.value() == null || !Secrets.isSecret(key.subject())
                ? key
                : new StickyKey(key.subject(), key.origin(), Secrets.MASK, key.hash());
    }

    private static StableKeys known(StableKeys keys, @Nullable NewKey drawn) {
        return drawn == null ? keys : keys.with(drawn);
    }

    /** Edits follow from the rule, which the reason names. */
    private static boolean same(RouteDecision one, RouteDecision other) {
        if (one instanceof RouteDecision.Routed routed && other instanceof RouteDecision.Routed again) {
            return routed.reason().equals(again.reason())
                    && Objects.equals(routed.version(), again.version())
                    && routed.endpoints().equals(again.endpoints())
                    && routed.timeout().equals(again.timeout())
                    && routed.retry().equals(again.retry());
        }
        return one.equals(other);
    }

    /** One for each draw of that decision: of every weighted rule that matched, then of the shares. */
    private static int[] lots(List<RuleTrial> trials, RouteReason reason) {
        int took = RuleStep.took(reason, trials.size());
        List<Integer> lots = new ArrayList<>();
        for (RuleTrial trial : trials) {
            int weight = trial.rule().weight().percent();
            if (trial.index() <= took && trial.matches() && weight > 0 && weight < 100) {
                lots.add(trial.index() == took ? ScriptedDraws.TAKES : ScriptedDraws.LEAVES);
            }
        }
        lots.add(
                switch (reason) {
                    case RouteReason.BySplit split -> Math.max(0, split.draw());
                    case RouteReason.ByRuleShare share -> Math.max(0, share.draw());
                    case RouteReason.ByRule _, RouteReason.Unsplit _ -> 0;
                });
        return lots.stream().mapToInt(Integer::intValue).toArray();
    }
}
