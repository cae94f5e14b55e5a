package io.signalbox.mesh.explain;

import io.signalbox.mesh.explain.ExplainedRequest.Certainty;
import io.signalbox.mesh.explain.RuleStep.Verdict;
import io.signalbox.mesh.model.MeshConfig;
import io.signalbox.mesh.model.ServiceConfig;
import io.signalbox.mesh.routing.RouteDecision;
import io.signalbox.mesh.routing.RouteReason;
import io.signalbox.mesh.routing.RouteTable;
import io.signalbox.mesh.routing.RuleTrial;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Makes a recorded decision again, step by step, from the configuration that made it and the lots that were drawn. Pure.
 */
public final class Explainer {

    private Explainer() {}

    /** @param depth where it stands in its trace */
    public static ExplainedRequest explain(DecisionRecord record, int depth) {
        RouteDecision.Routed routed = record.route();
        if (routed == null) {
            return new ExplainedRequest(
                    RequestLine.of(record),
                    depth,
                    Certainty.REPLAYED,
                    List.of(),
                    null,
                    null,
                    List.of(),
                    record.refusedBy());
        }
        RouteTable table = tableOf(record.revision(), routed.config());
        List<RuleTrial> trials = table.trials(routed.config().service(), record.head());
        return new ExplainedRequest(
                RequestLine.of(record),
                depth,
                certainty(table, trials, record, routed),
                steps(trials, routed.reason()),
                VersionChoice.of(routed),
                Limits.of(routed),
                record.attempts().stream().map(AttemptStep::of).toList(),
                record.refusedBy());
    }

    /** The routes of one service alone: holding whole tables would keep every revision alive. */
    static RouteTable tableOf(long revision, ServiceConfig service) {
        return RouteTable.of(new MeshConfig(revision, Map.of(service.service(), service)));
    }

    private static List<RuleStep> steps(List<RuleTrial> trials, RouteReason reason) {
        int took = took(reason, trials.size());
        List<RuleStep> steps = new ArrayList<>(trials.size());
        for (RuleTrial trial : trials) {
            Verdict verdict;
            if (trial.index() > took) {
                verdict = Verdict.NOT_REACHED;
            } else if (trial.index() == took) {
                verdict = Verdict.TOOK;
            } else {
                verdict = trial.matches() ? Verdict.PASSED_OVER : Verdict.NOT_MATCHED;
            }
            steps.add(RuleStep.of(trial, verdict));
        }
        return steps;
    }

    private static Certainty certainty(
            RouteTable table, List<RuleTrial> trials, DecisionRecord record, RouteDecision.Routed routed) {
        if (record.head().extent() == HeldHead.Extent.CUT) {
            return Certainty.HEAD_CUT;
        }
        RouteDecision again = table.decide(
                routed.config().service(), record.head(), new ScriptedDraws(lots(trials, routed.reason())));
        return again.equals(routed) ? Certainty.REPLAYED : Certainty.DIFFERENT;
    }

    /** One for each draw of that decision: of every weighted rule that matched, then of the split. */
    private static int[] lots(List<RuleTrial> trials, RouteReason reason) {
        int took = took(reason, trials.size());
        List<Integer> lots = new ArrayList<>();
        for (RuleTrial trial : trials) {
            int weight = trial.rule().weight().percent();
            if (trial.index() <= took && trial.matches() && weight > 0 && weight < 100) {
                lots.add(trial.index() == took ? ScriptedDraws.TAKES : ScriptedDraws.LEAVES);
            }
        }
        lots.add(reason instanceof RouteReason.BySplit split ? Math.max(0, split.draw()) : 0);
        return lots.stream().mapToInt(Integer::intValue).toArray();
    }

    private static int took(RouteReason reason, int otherwise) {
        return reason instanceof RouteReason.ByRule(int index) ? index : otherwise;
    }
}
