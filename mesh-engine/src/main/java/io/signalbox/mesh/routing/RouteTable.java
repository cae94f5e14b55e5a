package io.signalbox.mesh.routing;

import io.signalbox.mesh.model.MeshConfig;
import io.signalbox.mesh.model.RequestHead;
import io.signalbox.mesh.model.ServiceConfig;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
 * goes by the split. A version without endpoints keeps its share: its requests find an empty list. Spilling them over
 * would send traffic where nobody asked for it, and would hide a dead version behind the others' good figures.
 */
public final class RouteTable {

    public static final RouteTable EMPTY = RouteTable.of(MeshConfig.EMPTY);

    private final MeshConfig config;
    private final Map<String, ServiceRoutes> routes;

    private RouteTable(MeshConfig config) {
        this.config = config;
        this.routes = config.services().entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, entry -> ServiceRoutes.of(entry.getValue())));
    }

    public static RouteTable of(MeshConfig config) {
        return new RouteTable(config);
    }

    public long revision() {
        return config.revision();
    }

    public Optional<ServiceConfig> service(String service) {
        return Optional.ofNullable(config.services().get(service));
    }

    /**
     * Decides where the request goes.
     *
     * @param service the registered name, in lower case and without a port
     * @param random drawn from for weights that are neither 0 nor 100, and for splits
     */
    public RouteDecision decide(String service, RequestHead head, RandomGenerator random) {
        ServiceRoutes known = routes.get(service);
        return known == null ? new RouteDecision.UnknownService(service) : known.decide(head, random);
    }

    /**
     * How each rule of a service looks at a request, in the written order: what {@link #decide} finds out on its way,
     * told in full. Empty when the service is unknown.
     */
    public List<RuleTrial> trials(String service, RequestHead head) {
        ServiceRoutes known = routes.get(service);
        return known == null ? List.of() : known.trials(head);
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
