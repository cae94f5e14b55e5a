package io.signalbox.mesh.lint;

import io.signalbox.mesh.lint.LintFinding.Rule;
import io.signalbox.mesh.model.Authorization;
import io.signalbox.mesh.model.Authorization.Action;
import io.signalbox.mesh.model.Authorization.Mode;
import io.signalbox.mesh.model.AuthorizationRule;
import io.signalbox.mesh.model.Protocol;
import io.signalbox.mesh.model.TrafficPolicy;
import io.signalbox.mesh.routing.Authorizer;
import io.signalbox.mesh.routing.NeverMet;
import io.signalbox.mesh.routing.Reach.Extent;
import io.signalbox.mesh.routing.RouteSources;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/** What a policy's word on who may call does that was hardly meant. */
final class AuthorizationNotes {

    private static final String SCHEME = "spiffe://";

    private final CallGraph graph;
    private final Map<String, KnownService> known;

    /** @param known all that are registered, by name; empty when nothing is known of them */
    AuthorizationNotes(CallGraph graph, Map<String, KnownService> known) {
        this.graph = graph;
        this.known = known;
    }

    List<LintFinding> findings(TrafficPolicy policy) {
        Authorization held = policy.authorization()
                .under(graph.policy(TrafficPolicy.WHOLE_MESH).authorization());
        if (policy.service().equals(TrafficPolicy.WHOLE_MESH) || held.equals(Authorization.NONE)) {
            return List.of();
        }
        List<LintFinding> findings = new ArrayList<>();
        Authorizer authorizer = Authorizer.of(held);
        if (authorizer != null) {
            callers(policy.service(), held, authorizer, findings);
        }
        nobody(policy.service(), held, findings);
        idle(policy.service(), held, findings);
        held.rules().forEach(rule -> rule(policy.service(), rule, findings));
        return findings;
    }

    /** Those who call now, and would get no answer any more. */
    private void callers(String service, Authorization held, Authorizer authorizer, List<LintFinding> findings) {
        SortedSet<String> callers = graph.callersOf(service);
        List<String> refused = callers.stream()
                .filter(caller -> authorizer
                                .reach(RouteSources.named(caller, trustDomain(held)))
                                .extent()
                        == Extent.NONE)
                .toList();
        if (!refused.isEmpty()) {
            boolean trial = held.effectiveMode() == Mode.DRY_RUN;
            findings.add(new LintFinding(
                    Rule.CALLERS_REFUSED,
                    service,
                    "authorization: " + String.join(", ", refused),
                    String.join(", ", refused) + (refused.size() == 1 ? " calls " : " call ") + service + " now, and "
                            + (trial ? "would be refused but for the dry run" : "will be refused"),
                    "an allow rule with sources: [" + String.join(", ", refused) + "]"
                            + (trial ? "" : ", or mode: dry-run first")));
        }
    }

    private static void nobody(String service, Authorization held, List<LintFinding> findings) {
        boolean allows = held.effectiveDefault() == Action.ALLOW
                || held.rules().stream()
                        .anyMatch(rule -> rule.action() == Action.ALLOW && NeverMet.why(rule.match()) == null);
        boolean deniesAll = held.rules().stream()
                .anyMatch(rule -> rule.action() == Action.DENY
                        && rule.isOfCallersAlone()
                        && rule.match().sources().isEmpty()
                        && rule.match().sourceIdentities().isEmpty());
        if (!allows || deniesAll) {
            findings.add(new LintFinding(
                    Rule.NOBODY_MAY_CALL,
                    service,
                    "authorization",
                    "nobody may call " + service + ": "
                            + (deniesAll
                                    ? "a deny rule holds for every call"
                                    : "the default is deny, and no rule allows"),
                    deniesAll ? "a match for that rule" : "an allow rule for those who should"));
        }
    }

    /** What was meant to close something, and closes nothing. */
    private static void idle(String service, Authorization held, List<LintFinding> findings) {
        if (held.effectiveDefault() == Action.ALLOW
                && held.rules().stream().anyMatch(rule -> rule.action() == Action.ALLOW)) {
            findings.add(new LintFinding(
                    Rule.ALLOW_RULES_IDLE,
                    service,
                    "authorization.rules",
                    "allow rules of " + service + " change nothing: what no rule denies is allowed by default anyway",
                    "authorization.default: deny"));
        }
    }

    private void rule(String service, AuthorizationRule rule, List<LintFinding> findings) {
        String why = why(service, rule);
        if (why != null) {
            findings.add(new LintFinding(
                    Rule.RULE_NEVER_MET,
                    service,
                    "authorization: " + rule.name(),
                    "no call of " + service + " can meet " + rule.name() + ": " + why,
                    "other conditions, or take the rule out"));
        }
        List<String> strangers = known.isEmpty()
                ? List.of()
                : rule.match().sources().stream()
                        .filter(source -> !source.equals(AuthorizationRule.UNKNOWN)
                                && !known.containsKey(source)
                                && !graph.callees().containsKey(source))
                        .sorted()
                        .toList();
        if (!strangers.isEmpty()) {
            findings.add(new LintFinding(
                    Rule.UNKNOWN_CALLER,
                    service,
                    "authorization: " + rule.name() + ": " + String.join(", ", strangers),
                    rule.name() + " of " + service + " names " + String.join(", ", strangers)
                            + ", of which no instance and no call is known",
                    "the name as its certificate has it"));
        }
    }

    private @Nullable String why(String service, AuthorizationRule rule) {
        KnownService own = known.get(service);
        if (own != null && own.protocol() == Protocol.TCP && !rule.isOfCallersAlone()) {
            return "it looks at requests, and " + service + " is called over TCP";
        }
        return NeverMet.why(rule.match());
    }

    /** That of the rules' own identities; which it is makes no difference where they name none. */
    private static String trustDomain(Authorization held) {
        return held.rules().stream()
                .flatMap(rule -> rule.match().sourceIdentities().stream())
                .map(identity -> identity.substring(SCHEME.length()))
                .filter(rest -> rest.indexOf('/') > 0)
                .map(rest -> rest.substring(0, rest.indexOf('/')))
                .sorted()
                .findFirst()
                .orElse("mesh");
    }
}
