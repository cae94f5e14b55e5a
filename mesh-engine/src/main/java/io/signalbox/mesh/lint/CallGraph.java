package io.signalbox.mesh.lint;

import io.signalbox.mesh.model.EdgeId;
import io.signalbox.mesh.model.Mirror;
import io.signalbox.mesh.model.TrafficPolicy;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Who calls whom, and under which policy.
 *
 * @param callees by caller, {@code callers} by the service called
 * @param policies by the service called; one without a policy has the defaults
 */
record CallGraph(
        Map<String, SortedSet<String>> callees,
        Map<String, SortedSet<String>> callers,
        Map<String, TrafficPolicy> policies) {

    static CallGraph of(Collection<EdgeId> edges, Collection<TrafficPolicy> policies) {
        Map<String, SortedSet<String>> callees = new TreeMap<>();
        Map<String, SortedSet<String>> callers = new TreeMap<>();
        for (EdgeId edge : edges) {
            if (!edge.source().equals(edge.destination())) {
                callees.computeIfAbsent(edge.source(), _ -> new TreeSet<>()).add(edge.destination());
                callers.computeIfAbsent(edge.destination(), _ -> new TreeSet<>())
                        .add(edge.source());
            }
        }
        Map<String, TrafficPolicy> byService = new TreeMap<>();
        policies.forEach(policy -> byService.put(policy.service(), policy));
        return new CallGraph(callees, callers, byService);
    }

    SortedSet<String> calleesOf(String service) {
        return callees.getOrDefault(service, Collections.emptySortedSet());
    }

    SortedSet<String> callersOf(String service) {
        return callers.getOrDefault(service, Collections.emptySortedSet());
    }

    TrafficPolicy policy(String service) {
        TrafficPolicy written = policies.get(service);
        return written == null ? TrafficPolicy.defaults(service) : written;
    }

    /** How long those who call that one wait for it at most. */
    Patience patience(String service) {
        return Patience.of(policy(service), callersOf(service));
    }

    /** The other service that gets copies of what that one is asked. */
    Optional<String> mirrorOf(String service) {
        return policy(service)
                .experiments()
                .mirror()
                .filter(mirror -> mirror.share() > 0)
                .flatMap(Mirror::service);
    }

    /** How much of what that one is asked is copied, 0..1. */
    double mirrorShare(String service) {
        return policy(service)
                .experiments()
                .mirror()
                .map(mirror -> mirror.share() / Mirror.ALL)
                .orElse(0.0);
    }

    boolean isEntry(String service) {
        return !callers.containsKey(service);
    }

    /** Those that nobody calls. */
    List<String> entries() {
        return callees.keySet().stream().filter(this::isEntry).toList();
    }

    /** Those that somebody calls. */
    Set<String> services() {
        return callers.keySet();
    }
}
