package io.signalbox.mesh.lint;

import io.signalbox.mesh.lint.LintFinding.Rule;
import io.signalbox.mesh.model.EdgeId;
import io.signalbox.mesh.model.TrafficPolicy;
import io.signalbox.mesh.routing.UnreachableRule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Looks for what the policies of a mesh do together. Edges are those that were called: what nobody has called yet cannot
 * be judged. Immutable and safe to share.
 */
public final class MeshLint {

    private static final Set<String> SAFE_TO_REPEAT = Set.of("GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE");

    private final CallGraph graph;
    private final MirrorNotes mirrors;
    private final AuthorizationNotes authorizations;

    /** Judges nothing that depends on what is registered. */
    public MeshLint(Collection<EdgeId> edges, Collection<TrafficPolicy> policies) {
        this(edges, policies, List.of());
    }

    /** @param services all that are registered; of none of them nothing is known */
    public MeshLint(Collection<EdgeId> edges, Collection<TrafficPolicy> policies, Collection<KnownService> services) {
        graph = CallGraph.of(edges, policies);
        Map<String, KnownService> known =
                services.stream().collect(Collectors.toUnmodifiableMap(KnownService::name, Function.identity()));
        mirrors = new MirrorNotes(graph, known);
        authorizations = new AuthorizationNotes(graph, known);
    }

    /** All of them, those of one service together, in the order of the rules. */
    public List<LintFinding> findings() {
        List<LintFinding> findings = new ArrayList<>(Amplification.findings(graph));
        graph.callees()
                .forEach((caller, callees) -> callees.forEach(
                        callee -> waitsLongerThanItsCallers(caller, callee).ifPresent(findings::add)));
        for (TrafficPolicy policy : graph.policies().values()) {
            UnreachableRule.in(policy.rules()).forEach(rule -> findings.add(unreachable(policy, rule)));
            findings.addAll(CutOff.findings(graph, policy));
            unsafe(policy).ifPresent(findings::add);
            allEjectable(policy).ifPresent(findings::add);
            findings.addAll(FaultNotes.findings(policy));
            findings.addAll(mirrors.findings(policy));
            findings.addAll(authorizations.findings(policy));
        }
        return List.copyOf(findings);
    }

    private static LintFinding unreachable(TrafficPolicy policy, UnreachableRule rule) {
        return new LintFinding(
                Rule.UNREACHABLE_RULE,
                policy.service(),
                rule.text(),
                "policy of " + policy.service() + ": " + rule.text(),
                "put rules[" + rule.rule() + "] before rules[" + rule.by() + "], or take it out");
    }

    /** The caller goes on working for somebody who has given up. */
    private Optional<LintFinding> waitsLongerThanItsCallers(String caller, String callee) {
        Duration waited = CutOff.longest(graph.policy(caller));
        Duration waits = CutOff.longest(graph.policy(callee));
        // Nobody waits for an entry by policy, so its own patience is its own affair.
        if (graph.isEntry(caller) || waits.compareTo(waited) <= 0) {
            return Optional.empty();
        }
        return Optional.of(new LintFinding(
                Rule.TIMEOUT_INVERSION,
                callee,
                caller,
                caller + " waits " + CutOff.text(waits) + " for " + callee + ", but its own callers wait "
                        + CutOff.text(waited) + " for it",
                "timeout of " + callee + ": less than " + CutOff.text(waited)));
    }

    private static Optional<LintFinding> unsafe(TrafficPolicy policy) {
        boolean whole = Repeats.twice(policy.retry());
        boolean some = policy.rules().stream()
                .filter(rule -> rule.retry().filter(Repeats::twice).isPresent())
                .map(rule -> rule.match().methods())
                .anyMatch(methods -> methods.isEmpty() || !SAFE_TO_REPEAT.containsAll(methods));
        if (!whole && !some) {
            return Optional.empty();
        }
        return Optional.of(new LintFinding(
                Rule.UNSAFE_RETRY,
                policy.service(),
                "retry",
                "a POST that may have reached " + policy.service() + " is sent again, and may be done twice",
                "retry.methods: idempotent, or a rule for the paths that may be repeated"));
    }

    /** The share is rounded down, so that only the whole of it is every endpoint, however many there are. */
    private static Optional<LintFinding> allEjectable(TrafficPolicy policy) {
        boolean every = policy.protection()
                .outliers()
                .filter(outliers -> outliers.maxEjectedShare() >= 1)
                .isPresent();
        if (!every || policy.balancing().panicThreshold().orElse(0) > 0) {
            return Optional.empty();
        }
        return Optional.of(new LintFinding(
                Rule.ALL_ENDPOINTS_EJECTABLE,
                policy.service(),
                "outlierDetection",
                "every endpoint of " + policy.service()
                        + " may be left out at once: maxEjectedShare is 1.0, and without a panicThreshold the circuits"
                        + " of all of them may refuse as well",
                "outlierDetection.maxEjectedShare: 0.5, and loadBalancing.panicThreshold: 50"));
    }
}
