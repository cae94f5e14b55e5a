package io.signalbox.mesh.proxy.outbound;

import io.signalbox.mesh.model.BreakerScope;
import io.signalbox.mesh.model.CircuitBreakerConfig;
import io.signalbox.mesh.model.Endpoint;
import io.signalbox.mesh.model.OutlierDetection;
import io.signalbox.mesh.model.ServiceConfig;
import io.signalbox.mesh.resilience.CircuitBreaker;
import io.signalbox.mesh.resilience.Outlier;
import io.signalbox.mesh.resilience.OutlierDetector;
import io.signalbox.mesh.resilience.OutlierMove;
import io.signalbox.mesh.resilience.Transition;
import io.signalbox.mesh.time.Ticker;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What one sidecar keeps of each service as a whole, for those whose policy asks for it: one circuit for all endpoints,
 * and who of them is left out. Safe to use from any thread.
 */
final class ServiceGuards {

    private final Map<String, CircuitBreaker> breakers = new ConcurrentHashMap<>();
    private final Map<String, OutlierDetector> detectors = new ConcurrentHashMap<>();
    private final Ticker ticker;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final BiConsumer<String, Transition> moved;
    private final BiConsumer<String, OutlierMove> ejections;

    /**
     * @param moved learns of the moves of a service's circuit
     * @param ejections learns which endpoints of a service are left out, and which serve again
     */
    ServiceGuards(
            Ticker ticker,
            InstantSource clock,
            RandomGenerator random,
            BiConsumer<String, Transition> moved,
            BiConsumer<String, OutlierMove> ejections) {
        this.ticker = ticker;
        this.clock = clock;
        this.random = random;
        this.moved = moved;
        this.ejections = ejections;
    }

    /** Follows the service's policy; what it no longer asks for is forgotten. */
    void apply(ServiceConfig service) {
        String name = service.service();
        CircuitBreakerConfig thresholds = service.policy().circuitBreaker();
        if (thresholds.scope() == BreakerScope.SERVICE) {
            breakers.computeIfAbsent(
                            name, of -> new CircuitBreaker(thresholds, ticker, clock, move -> moved.accept(of, move)))
                    .configure(thresholds);
        } else {
            breakers.remove(name);
        }
        OutlierDetection limits = service.policy().protection().outliers().orElse(null);
        if (limits == null) {
            OutlierDetector former = detectors.remove(name);
            if (former != null) {
                former.stop();
            }
        } else {
            OutlierDetector detector = detectors.computeIfAbsent(
                    name, of -> new OutlierDetector(limits, ticker, clock, random, move -> ejections.accept(of, move)));
            detector.configure(limits);
            detector.keep(service.endpoints().stream().map(Endpoint::instanceId).collect(Collectors.toSet()));
        }
    }

    /** Tells which endpoints serve again since this was last asked. */
    void tellReturned() {
        detectors.values().forEach(OutlierDetector::tellReturned);
    }

    /** Gives the endpoint its place among the others of its service. */
    void protect(EndpointState state) {
        Endpoint endpoint = state.endpoint();
        state.protect(breakers.get(endpoint.service()), outlier(endpoint));
    }

    private @Nullable Outlier outlier(Endpoint endpoint) {
        OutlierDetector detector = detectors.get(endpoint.service());
        return detector == null ? null : detector.of(endpoint.instanceId());
    }
}
