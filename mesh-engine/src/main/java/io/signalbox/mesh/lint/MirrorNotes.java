package io.signalbox.mesh.lint;

import io.signalbox.mesh.lint.LintFinding.Rule;
import io.signalbox.mesh.model.Mirror;
import io.signalbox.mesh.model.Protocol;
import io.signalbox.mesh.model.TrafficPolicy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Where copies go that are of no use, or do harm, as far as it is known what is registered and who calls whom. */
final class MirrorNotes {

    private final CallGraph graph;
    private final Map<String, KnownService> known;

    /** @param known by name; empty when nobody has said what is registered, and then nobody is missed */
    MirrorNotes(CallGraph graph, Map<String, KnownService> known) {
        this.graph = graph;
        this.known = known;
    }

    List<LintFinding> findings(TrafficPolicy policy) {
        List<LintFinding> findings = new ArrayList<>();
        notHttp(policy, findings);
        Mirror mirror = policy.experiments().mirror().orElse(null);
        if (mirror == null || mirror.share() == 0) {
            return findings;
        }
        String service = policy.service();
        String to = mirror.service().orElse(service);
        KnownService target = known.get(to);
        String version = mirror.version().orElse(null);
        Set<String> there = target == null ? Set.of() : target.versions();
        if (!known.isEmpty() && (version == null ? there.isEmpty() : !there.contains(version))) {
            findings.add(new LintFinding(
                    Rule.MIRROR_TO_NOBODY,
                    service,
                    "mirror to " + mirror.to(),
                    "copies of what " + service + " is asked go to nobody: " + mirror.to() + " has no instance",
                    "start one, or mirror to " + (there.isEmpty() ? "a service that has one" : list(there))));
        } else if (version != null && there.equals(Set.of(version))) {
            findings.add(new LintFinding(
                    Rule.MIRROR_TO_ITSELF,
                    service,
                    "mirror to " + mirror.to(),
                    "copies of what " + service + " is asked go to " + version
                            + ", its only version: the very instances" + " that are asked",
                    "mirror to another version"));
        }
        if (leadsBack(to, service)) {
            findings.add(new LintFinding(
                    Rule.MIRROR_CYCLE,
                    service,
                    "mirror to " + mirror.to(),
                    "a copy of what " + service + " is asked goes to " + to + ", which leads to calls of " + service
                            + " again, of which copies are made",
                    "mirror to a service that does not call " + service));
        }
        return findings;
    }

    private void notHttp(TrafficPolicy policy, List<LintFinding> findings) {
        KnownService own = known.get(policy.service());
        boolean asks = !policy.experiments().faults().isEmpty()
                || policy.experiments().mirror().isPresent();
        if (asks && own != null && own.protocol() == Protocol.TCP) {
            findings.add(new LintFinding(
                    Rule.NOT_HTTP,
                    policy.service(),
                    "faults, mirror",
                    "faults and mirrors of " + policy.service()
                            + " do nothing: it is called over TCP, and they are of requests",
                    "take them out of the policy"));
        }
    }

    /** Over calls, and over copies that they lead to. */
    private boolean leadsBack(String from, String to) {
        Set<String> seen = new HashSet<>();
        ArrayDeque<String> open = new ArrayDeque<>(List.of(from));
        for (String at = open.poll(); at != null; at = open.poll()) {
            for (String callee : graph.calleesOf(at)) {
                if (callee.equals(to)) {
                    return true;
                }
                if (seen.add(callee)) {
                    open.add(callee);
                }
                graph.mirrorOf(callee).filter(seen::add).ifPresent(open::add);
            }
        }
        return false;
    }

    private static String list(Set<String> versions) {
        return String.join(", ", versions.stream().sorted().toList());
    }
}
