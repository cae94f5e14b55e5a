package io.signalbox.bench;

import io.signalbox.mesh.model.BalancingStrategy;
import io.signalbox.mesh.model.CircuitBreakerConfig;
import io.signalbox.mesh.model.Endpoint;
import io.signalbox.mesh.model.MeshConfig;
import io.signalbox.mesh.model.Protocol;
import io.signalbox.mesh.model.RetryPolicy;
import io.signalbox.mesh.model.RouteMatch;
import io.signalbox.mesh.model.RoutingRule;
import io.signalbox.mesh.model.ServiceConfig;
import io.signalbox.mesh.model.Splitting;
import io.signalbox.mesh.model.TrafficPolicy;
import io.signalbox.mesh.model.Weight;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** The service that is called in every benchmark: a rule on a header, a split of 90/10, two endpoints a version. */
final class Catalog {

    static final String NAME = "catalog";

    private Catalog() {}

    static MeshConfig mesh() {
        RouteMatch premium =
                new RouteMatch(Map.of("X-User-Type", "premium"), Optional.empty(), Optional.empty(), Set.of());
        TrafficPolicy policy = new TrafficPolicy(
                NAME,
                TrafficPolicy.DEFAULT_TIMEOUT,
                BalancingStrategy.ROUND_ROBIN,
                CircuitBreakerConfig.DEFAULT,
                RetryPolicy.OFF,
                List.of(RoutingRule.of(premium, "v2")),
                new Splitting.Weighted(Map.of("v1", new Weight(90), "v2", new Weight(10))));
        return new MeshConfig(1, Map.of(NAME, ServiceConfig.starting(policy, endpoints(4))));
    }

    /** Half of them of version v1, half of v2. */
    static List<Endpoint> endpoints(int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> new Endpoint(
                        NAME,
                        NAME + "-" + number,
                        number < count / 2 ? "v1" : "v2",
                        "127.0.0.1",
                        9000 + number,
                        Protocol.HTTP,
                        null))
                .toList();
    }
}
