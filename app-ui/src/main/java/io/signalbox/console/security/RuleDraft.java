package io.signalbox.console.security;

import io.signalbox.mesh.client.MeshConnection;
import io.signalbox.mesh.client.MeshConnection.PolicyText;
import io.signalbox.mesh.client.MeshException;
import io.signalbox.mesh.client.PolicyNotes;
import io.signalbox.mesh.config.PolicyFormat;
import io.signalbox.mesh.model.Authorization;
import io.signalbox.mesh.model.Authorization.Action;
import io.signalbox.mesh.model.AuthorizationRule;
import io.signalbox.mesh.model.RouteMatch;
import io.signalbox.mesh.model.TrafficPolicy;
import io.signalbox.mesh.whatif.Question;
import io.signalbox.mesh.whatif.WhatIf;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A policy with one authorization rule more, checked and not yet in force.
 *
 * @param revision the one in force that it was made from
 * @param warnings what it would do together with the other policies that was not so before
 * @param whatIf what it would have made of the requests so far; empty when the mesh does not say
 */
record RuleDraft(
        String service,
        AuthorizationRule rule,
        long revision,
        String yaml,
        List<String> warnings,
        Optional<WhatIf> whatIf) {

    private static final String SCHEME = "spiffe://";

    RuleDraft {
        warnings = List.copyOf(warnings);
    }

    /**
     * What the rule is to be about.
     *
     * @param source a service, an identity, or {@code unknown}
     * @param method that alone; empty for every one
     * @param path that alone; empty for every one
     */
    record Wish(String service, String source, Action action, String method, String path) {}

    /** Asks the mesh for the policy in force and for what the rule would do. */
    static RuleDraft of(MeshConnection mesh, Wish wish) {
        PolicyText inForce = mesh.policy(wish.service());
        TrafficPolicy policy = PolicyFormat.readStored(inForce.yaml());
        Authorization before = policy.authorization();
        AuthorizationRule rule = new AuthorizationRule(freeName(before, wish), wish.action(), match(wish));
        TrafficPolicy candidate = policy.withAuthorization(before.with(rule));
        List<String> warnings = new PolicyNotes(mesh)
                .with(List.of(candidate)).stream()
                        .map(finding -> finding.found())
                        .toList();
        String yaml = PolicyFormat.yaml(candidate);
        return new RuleDraft(wish.service(), rule, inForce.revision(), yaml, warnings, whatIf(mesh, yaml));
    }

    /** A control plane that cannot answer keeps nobody from making a rule. */
    private static Optional<WhatIf> whatIf(MeshConnection mesh, String yaml) {
        try {
            return mesh.requests().whatIf(Question.of(yaml)).stream().findFirst();
        } catch (MeshException e) {
            return Optional.empty();
        }
    }

    private static RouteMatch match(Wish wish) {
        boolean identity = wish.source().startsWith(SCHEME);
        return new RouteMatch(
                Map.of(),
                wish.path().isEmpty() ? Optional.empty() : Optional.of(wish.path()),
                Optional.empty(),
                Optional.empty(),
                wish.method().isEmpty() ? Set.of() : Set.of(wish.method()),
                Map.of(),
                identity ? Set.of() : Set.of(wish.source()),
                identity ? Set.of(wish.source()) : Set.of());
    }

    private static String freeName(Authorization before, Wish wish) {
        Set<String> taken = before.rules().stream().map(AuthorizationRule::name).collect(Collectors.toSet());
        String caller = wish.source().substring(wish.source().lastIndexOf('/') + 1);
        String name = wish.action().wireName() + "-" + caller.substring(0, Math.min(40, caller.length()));
        int number = 2;
        String free = name;
        while (taken.contains(free)) {
            free = name + "-" + number++;
        }
        return free;
    }
}
