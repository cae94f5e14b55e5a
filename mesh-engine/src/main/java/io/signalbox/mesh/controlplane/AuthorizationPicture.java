package io.signalbox.mesh.controlplane;

import io.signalbox.mesh.client.AuthorizationStatus;
import io.signalbox.mesh.client.AuthorizationStatus.CallerAccess;
import io.signalbox.mesh.client.AuthorizationStatus.ServiceAccess;
import io.signalbox.mesh.client.SeenCalls;
import io.signalbox.mesh.model.AccessDecision;
import io.signalbox.mesh.model.Authorization;
import io.signalbox.mesh.model.AuthorizationRule;
import io.signalbox.mesh.model.InvalidValueException;
import io.signalbox.mesh.model.ServiceConfig;
import io.signalbox.mesh.model.status.EdgeStatus;
import io.signalbox.mesh.model.status.MeshSnapshot;
import io.signalbox.mesh.model.status.TrafficStats;
import io.signalbox.mesh.routing.Authorizer;
import io.signalbox.mesh.routing.Reach;
import io.signalbox.mesh.routing.RouteSource;
import io.signalbox.mesh.routing.RouteSources;
import io.signalbox.mesh.tls.SpiffeId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Draws who may call whom from the policies in force, the calls seen and what sidecars made of them. For one thread. */
final class AuthorizationPicture {

    /** A caller that no rule names: no service can have such a name. */
    private static final String NOBODY = "-";

    private final Map<String, ServiceConfig> services;
    private final MeshSnapshot snapshot;
    private final List<SeenCalls> seen;
    private final String trustDomain;

    private AuthorizationPicture(Map<String, ServiceConfig> services, MeshSnapshot snapshot, List<SeenCalls> seen) {
        this.services = services;
        this.snapshot = snapshot;
        this.seen = seen;
        this.trustDomain = RouteSources.trustDomain(services.values());
    }

    /** @param services with what of the whole mesh's holds for them */
    static AuthorizationStatus draw(
            Authorization mesh, Map<String, ServiceConfig> services, MeshSnapshot snapshot, List<SeenCalls> seen) {
        AuthorizationPicture picture = new AuthorizationPicture(new TreeMap<>(services), snapshot, seen);
        return new AuthorizationStatus(
                mesh.effectiveDefault(),
                mesh.effectiveMode(),
                picture.services.values().stream().map(picture::access).toList(),
                seen);
    }

    private ServiceAccess access(ServiceConfig config) {
        Authorization authorization = config.policy().authorization();
        Authorizer authorizer = Authorizer.of(authorization);
        List<CallerAccess> callers = new ArrayList<>();
        for (String caller : callers(config)) {
            callers.add(new CallerAccess(
                    caller,
                    reach(authorizer, caller),
                    rate(caller, config.service()),
                    counted(config.service(), caller, AccessDecision.DENIED),
                    counted(config.service(), caller, AccessDecision.WOULD_DENY)));
        }
        return new ServiceAccess(
                config.service(),
                config.policyRevision(),
                authorization.effectiveDefault(),
                authorization.effectiveMode(),
                authorization.rules().size(),
                reach(authorizer, NOBODY).extent(),
                callers);
    }

    private SortedSet<String> callers(ServiceConfig config) {
        TreeSet<String> callers = new TreeSet<>();
        callers.add(AuthorizationRule.UNKNOWN);
        config.policy().authorization().rules().forEach(rule -> {
            callers.addAll(rule.match().sources());
            rule.match().sourceIdentities().stream()
                    .filter(identity -> !identity.endsWith("*"))
                    .map(AuthorizationPicture::nameOf)
                    .forEach(callers::add);
        });
        snapshot.edges().stream()
                .filter(edge -> edge.id().destination().equals(config.service()))
                .forEach(edge -> callers.add(edge.id().source()));
        seen.stream()
                .filter(calls -> calls.service().equals(config.service()))
                .forEach(calls -> callers.add(calls.source()));
        return callers;
    }

    private Reach reach(@Nullable Authorizer authorizer, String caller) {
        if (authorizer == null) {
            return new Reach(Reach.Extent.ALL, List.of());
        }
        return authorizer.reach(
                caller.equals(NOBODY)
                        ? new RouteSource("", "spiffe://" + trustDomain + "/service/" + NOBODY)
                        : RouteSources.named(caller, trustDomain));
    }

    private static String nameOf(String identity) {
        try {
            return SpiffeId.parse(identity).service().orElse(identity);
        } catch (InvalidValueException e) {
            return identity; // a policy may name what nobody can prove
        }
    }

    private double rate(String caller, String service) {
        return snapshot.edges().stream()
                .filter(edge -> edge.id().source().equals(caller)
                        && edge.id().destination().equals(service))
                .map(EdgeStatus::stats)
                .mapToDouble(TrafficStats::requestsPerSecond)
                .sum();
    }

    private long counted(String service, String caller, AccessDecision decision) {
        return seen.stream()
                .filter(calls -> calls.service().equals(service)
                        && calls.source().equals(caller)
                        && calls.decision() == decision)
                .mapToLong(SeenCalls::count)
                .sum();
    }
}
