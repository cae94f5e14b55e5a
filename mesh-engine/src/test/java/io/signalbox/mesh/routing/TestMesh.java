package io.signalbox.mesh.routing;

import io.signalbox.mesh.config.PolicyFormat;
import io.signalbox.mesh.model.Endpoint;
import io.signalbox.mesh.model.MeshConfig;
import io.signalbox.mesh.model.Protocol;
import io.signalbox.mesh.model.RouteMatch;
import io.signalbox.mesh.model.RoutingRule;
import io.signalbox.mesh.model.ServiceConfig;
import io.signalbox.mesh.model.Splitting;
import io.signalbox.mesh.model.SuccessRate;
import io.signalbox.mesh.model.TrafficPolicy;
import io.signalbox.mesh.model.Weight;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** Services to route to, in few words. */
final class TestMesh {

    static final Splitting UNSPLIT = new Splitting.Unsplit();

    private TestMesh() {}

    /** Endpoints {@code v1-0}, {@code v1-1}, {@code v2-0}, … : two for each version. */
    static List<Endpoint> endpoints(String... versions) {
        return IntStream.range(0, versions.length * 2)
                .mapToObj(i -> new Endpoint(
                        "catalog",
                        versions[i / 2] + "-" + i % 2,
                        versions[i / 2],
                        "127.0.0.1",
                        8000 + i,
                        Protocol.HTTP,
                        null))
                .toList();
    }

    static RouteTable table(Splitting splitting, RoutingRule... rules) {
        return table("catalog", Optional.empty(), splitting, rules);
    }

    static RouteTable table(String service, Optional<Weight> candidate, Splitting splitting, RoutingRule... rules) {
        TrafficPolicy defaults = TrafficPolicy.defaults(service);
        TrafficPolicy policy = new TrafficPolicy(
                service,
                defaults.timeout(),
                defaults.balancing(),
                defaults.circuitBreaker(),
                defaults.retry(),
                List.of(rules),
                splitting);
        ServiceConfig config = new ServiceConfig(policy, candidate, endpoints("v1", "v2", "v3"));
        return RouteTable.of(new MeshConfig(7, Map.of(service, config)));
    }

    static ServiceConfig unsplit(String service, String version) {
        return new ServiceConfig(TrafficPolicy.defaults(service), Optional.empty(), endpoints(version));
    }

    /** The table of a source's calls to a catalog whose policy goes on with these lines. */
    static RouteTable written(RouteSource source, String fields) {
        TrafficPolicy policy = policy("catalog", fields);
        return RouteTable.of(
                new MeshConfig(7, Map.of("catalog", ServiceConfig.starting(policy, endpoints("v1", "v2", "v3")))),
                source);
    }

    static RouteTable written(String fields) {
        return written(RouteSource.UNKNOWN, fields);
    }

    static TrafficPolicy policy(String service, String fields) {
        return PolicyFormat.read(
                "apiVersion: signalbox.io/v1\nkind: TrafficPolicy\nservice: " + service + "\n" + fields);
    }

    static Splitting.Canary canary(int initialWeight) {
        return new Splitting.Canary(
                "v1",
                "v2",
                new Weight(initialWeight),
                new Weight(10),
                Duration.ofMinutes(5),
                Weight.ALL,
                new SuccessRate(0.99));
    }

    static Splitting.AbTest abTest(int weightB) {
        return new Splitting.AbTest("v1", "v2", "X-User", new Weight(100 - weightB), new Weight(weightB));
    }

    static RoutingRule rule(RouteMatch match, String version) {
        return RoutingRule.of(match, version);
    }

    static RouteMatch path(String path) {
        return new RouteMatch(Map.of(), Optional.of(path), Optional.empty(), Set.of());
    }

    static RouteMatch prefix(String prefix) {
        return new RouteMatch(Map.of(), Optional.empty(), Optional.of(prefix), Set.of());
    }

    static RouteMatch header(String name, String value) {
        return new RouteMatch(Map.of(name, value), Optional.empty(), Optional.empty(), Set.of());
    }

    static RouteMatch methods(String... methods) {
        return new RouteMatch(Map.of(), Optional.empty(), Optional.empty(), Set.of(methods));
    }
}
