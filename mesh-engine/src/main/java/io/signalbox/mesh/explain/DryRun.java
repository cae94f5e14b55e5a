package io.signalbox.mesh.explain;

import io.signalbox.mesh.explain.DryDecision.AnswerChance;
import io.signalbox.mesh.explain.DryDecision.CallerRate;
import io.signalbox.mesh.explain.DryDecision.VersionChance;
import io.signalbox.mesh.explain.RuleStep.Verdict;
import io.signalbox.mesh.model.Cause;
import io.signalbox.mesh.model.Endpoint;
import io.signalbox.mesh.model.MeshConfig;
import io.signalbox.mesh.model.ServiceConfig;
import io.signalbox.mesh.model.TrafficPolicy;
import io.signalbox.mesh.routing.RouteDecision;
import io.signalbox.mesh.routing.RouteReason;
import io.signalbox.mesh.routing.RouteSource;
import io.signalbox.mesh.routing.RouteSources;
import io.signalbox.mesh.routing.RouteTable;
import io.signalbox.mesh.routing.RuleTrial;
import io.signalbox.mesh.routing.StableKeys;
import io.signalbox.mesh.routing.StickyKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
    private final TrafficPolicy policy;
    private final RouteSource source;
    private final RouteSource proven;
    private final RouteTable table;
    private final String service;
    private final long policyRevision;
    private final List<RuleStep> rules = new ArrayList<>();
    private final List<VersionChance> chances = new ArrayList<>();
    private final List<AnswerChance> answers = new ArrayList<>();
    private double left = LOTS;

    private DryRun(DryRequest request, ServiceConfig config, MeshConfig mesh) {
        this.request = request;
        this.head = request.head();
        this.service = config.service();
        this.policyRevision = config.policyRevision();
        this.policy = config.policy();
        this.source = caller(request.source(), mesh);
        this.proven = request.source() == null
                ? RouteSource.UNKNOWN
                : RouteSources.named(
                        request.source(),
                        RouteSources.trustDomain(mesh.services().values()));
        this.table = Replay.tableOf(mesh.revision(), config, source);
    }

    public static DryDecision decide(DryRequest request, MeshConfig config) {
        String service = request.service();
        ServiceConfig known = config.services().get(service);
        return known == null
                ? new DryDecision(
                        service,
                        config.revision(),
                        null,
                        request.source(),
                        Cause.UNKNOWN_SERVICE,
                        List.of(),
                        null,
                        List.of(),
                        List.of(),
                        List.of(),
                        null,
                        null,
                        null,
                        List.of())
                : new DryRun(request, known, config).decided();
    }

    /** An identity is known of services that are registered alone. */
    private static RouteSource caller(@Nullable String source, MeshConfig mesh) {
        if (source == null) {
            return RouteSource.UNKNOWN;
        }
        ServiceConfig own = mesh.services().get(source);
        return new RouteSource(
                source,
                own == null
                        ? null
                        : own.endpoints().stream()
                                .map(Endpoint::spiffeId)
                                .filter(Objects::nonNull)
                                .findFirst()
                                .orElse(null));
    }

    private DryDecision decided() {
        StableKeys keys = table.keys(head, StableKeys.NONE);
        StickyKey key = table.stickyKey(service, head, keys, null);
        if (key != null && key.origin() == StickyKey.Origin.REQUEST) {
            byKey(keys);
        } else {
            byChance();
        }
        chances.sort(Comparator.comparingDouble(VersionChance::percent).reversed());
        answers.sort(Comparator.comparingDouble(AnswerChance::percent).reversed());
        boolean nowhere = answers.isEmpty()
                && chances.stream().allMatch(chance -> chance.endpoints().isEmpty());
        boolean sent = chances.stream().anyMatch(chance -> !chance.endpoints().isEmpty());
        return new DryDecision(
                service,
                table.revision(),
                policyRevision,
                request.source(),
                nowhere ? Cause.NO_ENDPOINTS : null,
                rules,
                Replay.shown(key),
                chances,
                answers,
                sent ? DryExperiments.faults(policy, head, source, sentTo()) : List.of(),
                sent ? DryExperiments.mirror(policy, head, source) : null,
                sent ? callerRate() : null,
                sent ? DryAccess.answer(policy, head, proven) : null,
                List.of());
    }

    private List<@Nullable String> sentTo() {
        List<@Nullable String> versions = new ArrayList<>();
        for (VersionChance chance : chances) {
            if (!chance.endpoints().isEmpty()) {
                versions.add(chance.version());
            }
        }
        return versions;
    }

    private @Nullable CallerRate callerRate() {
        return policy.protection()
                .callerLimit()
                .map(limit -> new CallerRate(source.identity(), limit.requests(), limit.per(), limit.burst()))
                .orElse(null);
    }

    /** Nothing is left to chance. */
    private void byKey(StableKeys keys) {
        RouteDecision decision = table.decide(service, head, keys, new ScriptedDraws(0));
        rules.addAll(RuleStep.all(table.trials(service, head), reason(decision)));
        add(decision, LOTS);
    }

    private void byChance() {
        List<Integer> before = new ArrayList<>();
        for (RuleTrial trial : table.trials(service, head)) {
            rules.add(RuleStep.of(trial, tried(trial, before)));
        }
        if (left > 0) {
            spread(before, left);
        }
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
        List<Integer> taking = new ArrayList<>(before);
        if (weight < LOTS) {
            taking.add(ScriptedDraws.TAKES);
            before.add(ScriptedDraws.LEAVES);
        }
        spread(taking, left * weight / LOTS);
        left = weight == LOTS ? 0 : left * (LOTS - weight) / LOTS;
        return weight == LOTS ? Verdict.TOOK : Verdict.TAKES_SHARE;
    }

    /** Divides that share of the requests by the lot that is drawn last, if one is. */
    private void spread(List<Integer> before, double percent) {
        Map<Object, Integer> lots = new LinkedHashMap<>();
        Map<Object, RouteDecision> decisions = new LinkedHashMap<>();
        for (int lot = 0; lot < LOTS; lot++) {
            RouteDecision decision = decision(before, lot);
            Object outcome = outcome(decision);
            lots.merge(outcome, 1, Integer::sum);
            decisions.putIfAbsent(outcome, decision);
        }
        decisions.forEach((outcome, decision) -> add(decision, percent * lots.getOrDefault(outcome, 0) / LOTS));
    }

    /** What tells one way to go from another, the lot aside. */
    private static Object outcome(RouteDecision decision) {
        if (decision instanceof RouteDecision.Routed routed) {
            VersionChoice made = VersionChoice.of(routed);
            return new VersionChoice(made.by(), made.version(), null);
        }
        return decision;
    }

    private RouteDecision decision(List<Integer> before, int last) {
        int[] lots = new int[before.size() + 1];
        for (int i = 0; i < before.size(); i++) {
            lots[i] = before.get(i);
        }
        lots[before.size()] = last;
        return table.decideByChance(service, head, new ScriptedDraws(lots));
    }

    private void add(RouteDecision decision, double percent) {
        switch (decision) {
            case RouteDecision.Routed routed -> chances.add(chance(routed, percent));
            case RouteDecision.AnsweredHere answered -> answers.add(new AnswerChance(RuleAnswer.of(answered), percent));
            case RouteDecision.UnknownService(String name) ->
                throw new IllegalStateException("service: " + name + " (expected: the one that was looked up)");
        }
    }

    private static VersionChance chance(RouteDecision.Routed routed, double percent) {
        int rule = RuleStep.took(routed.reason(), -1);
        return new VersionChance(
                VersionChoice.of(routed).by(),
                rule < 0 ? null : (Integer) (rule + 1),
                routed.version(),
                percent,
                routed.endpoints().stream().map(Endpoint::instanceId).toList(),
                Limits.of(routed));
    }

    private static @Nullable RouteReason reason(RouteDecision decision) {
        return switch (decision) {
            case RouteDecision.Routed routed -> routed.reason();
            case RouteDecision.AnsweredHere answered -> answered.reason();
            case RouteDecision.UnknownService _ -> null;
        };
    }
}
