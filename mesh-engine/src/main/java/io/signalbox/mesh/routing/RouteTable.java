package io.signalbox.mesh.routing;

import io.signalbox.mesh.model.MeshConfig;
import io.signalbox.mesh.model.RequestHead;
import io.signalbox.mesh.model.RoutingRule;
import io.signalbox.mesh.model.ServiceConfig;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Every route of one revision of the configuration, worked out when a service is first asked for: a request after it costs at
 * most one small object.
 *
 * <p>Never changes what it says, and safe to share; a new revision is a new table. Given the same request and the same draws it decides
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
    private final RouteSource source;
    private final ConcurrentMap<String, ServiceRoutes> routes = new ConcurrentHashMap<>();

    /** Every stable key that any policy names. */
    private final List<KeySource> keySources;

    private RouteTable(MeshConfig config, RouteSource source) {
        this.config = config;
        this.source = source;
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

    /** The routes of the same source under a later revision; what was asked for under this one is worked out ahead. */
    public RouteTable under(MeshConfig next) {
        RouteTable table = new RouteTable(next, source);
        routes.forEach((service, known) -> {
            ServiceConfig now = next.services().get(service);
            if (now != null) {
                table.routes.put(
                        service, now.equals(config.services().get(service)) ? known : ServiceRoutes.of(now, source));
            }
        });
        return table;
    }

    private @Nullable ServiceRoutes routes(String service) {
        ServiceRoutes known = routes.get(service);
        if (known != null) {
            return known;
        }
        ServiceConfig its = config.services().get(service);
        return its == null ? null : routes.computeIfAbsent(service, _ -> ServiceRoutes.of(its, source));
    }

    /** Whose calls these routes are for. */
    public RouteSource source() {
        return source;
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
        ServiceRoutes known = routes(service);
        return known == null ? new RouteDecision.UnknownService(service) : known.decide(head, keys, random);
    }

    /**
     * Decides where the request of a caller goes whose draws all are by chance, also where the policy has stickiness: a key
     * that is drawn for it falls with the same chances.
     */
    public RouteDecision decideByChance(String service, RequestHead head, RandomGenerator random) {
        ServiceRoutes known = routes(service);
        return known == null ? new RouteDecision.UnknownService(service) : known.decideByChance(head, random);
    }

    /**
     * How each rule of a service looks at a request, in the written order: what {@link #decide} finds out on its way,
     * told in full, and also of rules that are meant for other callers. Empty when the service is unknown.
     */
    public List<RuleTrial> trials(String service, RequestHead head) {
        ServiceConfig known = config.services().get(service);
        if (known == null) {
            return List.of();
        }
        List<RoutingRule> rules = known.policy().rules();
        return IntStream.range(0, rules.size())
                .mapToObj(index -> new RuleTrial(
                        index, rules.get(index), FirstFalse.in(rules.get(index).match(), source, head)))
                .toList();
    }

    /**
     * The stable key that speaks for a request's caller; {@code null} when the service's policy has no stickiness.
     *
     * @param keys the request's, as it was decided by
     * @param drawn the one that was drawn for it, if any
     */
    public @Nullable StickyKey stickyKey(String service, RequestHead head, StableKeys keys, @Nullable NewKey drawn) {
        ServiceRoutes known = routes(service);
        KeySource source = known == null ? null : known.sticky();
        return source == null ? null : StickyKey.of(source, head, keys, drawn);
    }

    /**
     * Decides where a connection goes that is no request: only rules that look at nothing of a request can take it, and
     * an A/B test draws its lot at random.
     *
     * @param service the registered name
     */
    public RouteDecision decideStream(String service, RandomGenerator random) {
        ServiceRoutes known = routes(service);
        return known == null ? new RouteDecision.UnknownService(service) : known.decideStream(random);
    }
}
