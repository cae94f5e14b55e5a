package io.signalbox.mesh.proxy.outbound;

import io.signalbox.mesh.model.MeshConfig;
import io.signalbox.mesh.model.ServiceConfig;
import io.signalbox.mesh.routing.RouteSource;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BiConsumer;

/**
 * What is kept of each service that this sidecar calls, under one revision of the configuration: it comes into being with the
 * service's first call, since a mesh has many services and a caller calls few. Safe to use from any thread.
 */
final class CalledServices {

    private final MeshConfig config;
    private final RouteSource source;
    private final OutboundRequests.Environment environment;
    private final ConcurrentMap<String, ServiceTraffic> called = new ConcurrentHashMap<>();

    private CalledServices(MeshConfig config, RouteSource source, OutboundRequests.Environment environment) {
        this.config = config;
        this.source = source;
        this.environment = environment;
    }

    /** @param source who calls */
    static CalledServices underNothing(RouteSource source, OutboundRequests.Environment environment) {
        return new CalledServices(MeshConfig.EMPTY, source, environment);
    }

    /** What was kept, under a later revision; services that are gone are forgotten. */
    CalledServices under(MeshConfig next) {
        CalledServices later = new CalledServices(next, source, environment);
        called.forEach((name, traffic) -> {
            ServiceConfig service = next.services().get(name);
            if (service != null) {
                later.called.put(
                        name, isUntouched(service) ? traffic : traffic.under(service, next, source, environment));
            }
        });
        return later;
    }

    /** Copies may go to another service, which may have changed. */
    private boolean isUntouched(ServiceConfig service) {
        return service.equals(config.services().get(service.service()))
                && service.policy().experiments().mirror().isEmpty();
    }

    ServiceTraffic of(ServiceConfig service) {
        ServiceTraffic known = called.get(service.service());
        return known != null
                ? known
                : called.computeIfAbsent(
                        service.service(), _ -> ServiceTraffic.of(service, config, source, environment));
    }

    void forEach(BiConsumer<String, ServiceTraffic> action) {
        called.forEach(action);
    }
}
