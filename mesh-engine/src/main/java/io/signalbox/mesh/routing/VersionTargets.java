package io.signalbox.mesh.routing;

import io.signalbox.mesh.model.Endpoint;
import io.signalbox.mesh.model.RoutingRule;
import io.signalbox.mesh.model.ServiceConfig;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The endpoints of one service, by version. Immutable. */
final class VersionTargets {

    private final ServiceConfig config;
    private final Map<String, List<Endpoint>> byVersion;

    VersionTargets(ServiceConfig config) {
        this.config = config;
        this.byVersion = config.endpoints().stream()
                .collect(Collectors.groupingBy(Endpoint::version, Collectors.toUnmodifiableList()));
    }

    ServiceConfig config() {
        return config;
    }

    Target any() {
        return new Target(config, null, config.endpoints());
    }

    Target version(String version) {
        return new Target(config, version, byVersion.getOrDefault(version, List.of()));
    }

    /** One version, or any, and who serves it. */
    record Target(ServiceConfig config, @Nullable String version, List<Endpoint> endpoints) {

        RouteDecision.Routed routed(RouteReason reason) {
            return new RouteDecision.Routed(
                    config,
                    config.policy(),
                    version,
                    endpoints,
                    config.policy().timeout(),
                    config.policy().retry(),
                    reason,
                    Edits.NONE);
        }

        /** Under that rule. */
        RouteDecision.Routed routed(RoutingRule rule, Edits edits, RouteReason reason) {
            return new RouteDecision.Routed(
                    config,
                    config.policy(),
                    version,
                    endpoints,
                    rule.timeout().orElse(config.policy().timeout()),
                    rule.retry().orElse(config.policy().retry()),
                    reason,
                    edits);
        }
    }
}
