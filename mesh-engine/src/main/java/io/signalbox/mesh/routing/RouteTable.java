package io.signalbox.mesh.routing;

import io.signalbox.mesh.model.MeshConfig;
import io.signalbox.mesh.model.RequestHead;
import io.signalbox.mesh.model.ServiceConfig;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * Every route of one revision of the configuration, worked out ahead: a request costs at most one small object.
 *
 * <p>Immutable and safe to share; a new revision is a new table. Given the same request and the same draws it decides
 * the same.
 *
 * <p>Rules come first, in the written order; all conditions of a rule must hold ({@link RequestPath} says how paths
 * compare). A rule of weight w takes w % of what matches it and leaves the rest to the next rule. What no rule takes
 * goes by the split. Where the policy has stickiness, a caller's stable key stands in for chance. A version without
 * endpoints keeps its share: its requests find an empty list. Spilling them over would send traffic where nobody asked for
 * it, and would hide a dead version behind the others' good figures.
 */
public final class RouteTable {

    public static final RouteTable EMPTY = RouteTable.of(MeshConfig.EMPTY);

    private final MeshConfig config;
    private final Map<String, ServiceRoutes> routes;

    /** Every stable key that any policy names. */
    private final List<KeySource> keySources;

    private RouteTable(MeshConfig config, RouteSource source) {
        this.config = config;
        this.routes = config.services().entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        Map.Entry::getKey, entry -> ServiceRoutes.of(entry.getValue(), source)));
        this.keySources = config.services().values().stream()
                .flatMap(service -> service.policy().stickiness().stream())
                .map(KeySource::of)
                .collect(Collectors.toMap(KeySource::id, key -> key, (one, _) -> one, TreeMap::new))
                .values()
                .stream()
                .toList();
    }

    /** The routes of callers of whom nothing is known. */
    public static RouteTable of(MeshConfig config) {
        return of(config, RouteSource.UNKNOWN);
    }

    /** The routes of that source's calls; rules that are meant for others are left out. */
    public static RouteTable of(MeshConfig config, RouteSource source) {
        return new RouteTable(config, source);
    }

    public long revision() {
        return config.revision();
    }

    public Optional<ServiceConfig> service(String service) {
        return Optional.ofNullable(config.services().get(service));
    }

    /** Whether any policy names a stable key; if none does, what travels with a trace need not be read. */
    public boolean readsKeys() {
        return !keySources.isEmpty();
    }

    /**
     * The stable keys of a request: those that it carries itself, for any policy of the mesh, over those that travelled
     * with its trace. They are for this call's draws and for the next hops'.
     */
    public StableKeys keys(RequestHead head, StableKeys travelled) {
        StableKeys keys = travelled;
        for (int i = keySources.size() - 1; i >= 0; i--) {
            KeySource source = keySources.get(i);
            String value = source.value(head);
            if (value != null) {
                keys = keys.with(source.id(), KeySource.hash(value));
            }
        }
        return keys;
    }

    /** Decides where a request goes with which no stable key travelled. */
    public RouteDecision decide(String service, RequestHead head, RandomGenerator random) {
        return decide(service, head, keys(head, StableKeys.NONE), random);
    }

    /**
     * Decides where the request goes.
     *
     * @param service the registered name, in lower case and without a port
     * @param keys the request's, as {@link #keys} gives them
     * @param random drawn from for weights that are neither 0 nor 100 and for splits, where no stable key decides
     */
    public RouteDecision decide(String service, RequestHead head, StableKeys keys, RandomGenerator random) {
        ServiceRoutes known = routes.get(service);
        return known == null ? new RouteDecision.UnknownService(service) : known.decide(head, keys, random);
    }

    /**
     * Decides where a connection goes that is no request: only rules that look at nothing of a request can take it, and
     * an A/B test draws its lot at random.
     *
     * @param service the registered name
     */
    public RouteDecision decideStream(String service, RandomGenerator random) {
        ServiceRoutes known = routes.get(service);
        return known == null ? new RouteDecision.UnknownService(service) : known.decideStream(random);
    }
}
