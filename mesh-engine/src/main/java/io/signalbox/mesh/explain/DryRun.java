package io.signalbox.mesh.explain;

import io.signalbox.mesh.explain.DryDecision.VersionChance;
import io.signalbox.mesh.explain.RuleStep.Verdict;
import io.signalbox.mesh.model.Cause;
import io.signalbox.mesh.model.Endpoint;
import io.signalbox.mesh.model.MeshConfig;
import io.signalbox.mesh.model.ServiceConfig;
import io.signalbox.mesh.routing.RouteDecision;
import io.signalbox.mesh.routing.RouteTable;
import io.signalbox.mesh.routing.RuleTrial;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Decides a request that nobody sends, in every way in which its draws may fall.
 *
 * <p>The routing table itself decides, once for each of the hundred lots, so that what is told here is what a sidecar
 * would do. For one thread.
 */
public final class DryRun {

    private static final int LOTS = 100;

    private final DryRequest request;
    private final HeldHead head;
    private final RouteTable table;
    private final String service;
    private final List<RuleStep> rules = new ArrayList<>();
    private final List<VersionChance> chances = new ArrayList<>();
    private double left = LOTS;

    private DryRun(DryRequest request, ServiceConfig config, long revision) {
        this.request = request;
        this.head = request.head();
        this.service = config.service();
        this.table = Explainer.tableOf(revision, config);
    }

    public static DryDecision decide(DryRequest request, MeshConfig config) {
        String service = request.service();
        ServiceConfig known = config.services().get(service);
        return known == null
                ? new DryDecision(
                        service,
                        config.revision(),
                        request.source(),
                        Cause.UNKNOWN_SERVICE,
                        List.of(),
                        List.of(),
                        List.of())
                : new DryRun(request, known, config.revision()).decided();
    }

    private DryDecision decided() {
        List<Integer> before = new ArrayList<>();
        for (RuleTrial trial : table.trials(service, head)) {
            rules.add(RuleStep.of(trial, tried(trial, before)));
        }
        if (left > 0) {
            split(before);
        }
        chances.sort(Comparator.comparingDouble(VersionChance::percent).reversed());
        boolean nowhere = chances.stream().allMatch(chance -> chance.endpoints().isEmpty());
        return new DryDecision(
                service,
                table.revision(),
                request.source(),
                nowhere ? Cause.NO_ENDPOINTS : null,
                rules,
                chances,
                List.of());
    }

    /** @param before the draws that lead past the rules so far; gets this rule's, if it draws */
    private Verdict tried(RuleTrial trial, List<Integer> before) {
        if (left == 0) {
            return Verdict.NOT_REACHED;
        }
        if (!trial.matches()) {
            return Verdict.NOT_MATCHED;
        }
        int weight = trial.rule().weight().percent();
        if (weight == 0) {
            return Verdict.PASSED_OVER;
        }
        add(decision(before, ScriptedDraws.TAKES), trial.index() + 1, left * weight / LOTS);
        left = weight == LOTS ? 0 : left * (LOTS - weight) / LOTS;
        if (weight == LOTS) {
            return Verdict.TOOK;
        }
        before.add(ScriptedDraws.LEAVES);
        return Verdict.TAKES_SHARE;
    }

    private void split(List<Integer> before) {
        Map<VersionChoice, Integer> lots = new LinkedHashMap<>();
        Map<VersionChoice, RouteDecision.Routed> decisions = new LinkedHashMap<>();
        for (int lot = 0; lot < LOTS; lot++) {
            RouteDecision.Routed routed = decision(before, lot);
            VersionChoice made = VersionChoice.of(routed);
            VersionChoice choice = new VersionChoice(made.by(), made.version(), null);
            lots.merge(choice, 1, Integer::sum);
            decisions.putIfAbsent(choice, routed);
        }
        decisions.forEach((choice, routed) -> add(routed, null, left * lots.getOrDefault(choice, 0) / LOTS));
    }

    private RouteDecision.Routed decision(List<Integer> before, int last) {
        int[] lots = new int[before.size() + 1];
        for (int i = 0; i < before.size(); i++) {
            lots[i] = before.get(i);
        }
        lots[before.size()] = last;
        return (RouteDecision.Routed) table.decide(service, head, new ScriptedDraws(lots));
    }

    private void add(RouteDecision.Routed routed, @Nullable Integer rule, double percent) {
        chances.add(new VersionChance(
                VersionChoice.of(routed).by(),
                rule,
                routed.version(),
                percent,
                routed.endpoints().stream().map(Endpoint::instanceId).toList(),
                Limits.of(routed)));
    }
}
