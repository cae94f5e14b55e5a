package io.signalbox.mesh.proxy.outbound;

import io.signalbox.mesh.balance.Balancer;
import io.signalbox.mesh.model.CircuitBreakerConfig;
import io.signalbox.mesh.model.Endpoint;
import io.signalbox.mesh.resilience.CircuitBreaker;
import io.signalbox.mesh.resilience.Permit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Picks the endpoint of one attempt and gets leave from its circuit.
 *
 * <p>Endpoints that this request has not tried come first; those whose circuit refuses, and those that are ejected, are
 * left out of the balancing. When nobody else is left the ejected ones serve all the same.
 */
final class EndpointChooser {

    private final Circuits circuits;

    EndpointChooser(Circuits circuits) {
        this.circuits = circuits;
    }

    /** Returns an endpoint with leave to call it, or {@code null} when every circuit refuses. */
    @Nullable
    Choice choose(List<Endpoint> routed, Set<String> tried, Balancer balancer, CircuitBreakerConfig thresholds) {
        Choice choice = tried.isEmpty()
                ? among(routed, _ -> true, Ejected.WAIT, balancer, thresholds)
                : amongUntriedFirst(routed, tried, balancer, thresholds);
        if (choice == null && anyEjected(routed, thresholds)) {
            choice = among(routed, _ -> true, Ejected.SERVE, balancer, thresholds);
        }
        return choice != null ? choice : askEach(routed, thresholds);
    }

    private enum Ejected {
        WAIT,
        SERVE
    }

    private boolean anyEjected(List<Endpoint> routed, CircuitBreakerConfig thresholds) {
        for (Endpoint endpoint : routed) {
            if (circuits.of(endpoint, thresholds).isEjected()) {
                return true;
            }
        }
        return false;
    }

    private @Nullable Choice amongUntriedFirst(
            List<Endpoint> routed, Set<String> tried, Balancer balancer, CircuitBreakerConfig thresholds) {
        Choice fresh =
                among(routed, endpoint -> !tried.contains(endpoint.instanceId()), Ejected.WAIT, balancer, thresholds);
        return fresh != null
                ? fresh
                : among(routed, endpoint -> tried.contains(endpoint.instanceId()), Ejected.WAIT, balancer, thresholds);
    }

    /** Asks every circuit, so that each counts the call it refuses; one whose open time ended meanwhile lets it pass. */
    private @Nullable Choice askEach(List<Endpoint> routed, CircuitBreakerConfig thresholds) {
        CircuitBreaker asked = null;
        for (Endpoint endpoint : routed) {
            EndpointState state = circuits.of(endpoint, thresholds);
            CircuitBreaker circuit = state.circuit();
            // The circuit of a whole service is met at each endpoint, and asked once.
            if (circuit != asked) {
                asked = circuit;
                Permit permit = circuit.tryAcquire();
                if (permit != null) {
                    return new Choice(endpoint, state, permit);
                }
            }
        }
        return null;
    }

    private @Nullable Choice among(
            List<Endpoint> routed,
            java.util.function.Predicate<Endpoint> wanted,
            Ejected ejected,
            Balancer balancer,
            CircuitBreakerConfig thresholds) {
        List<Endpoint> candidates = new ArrayList<>(routed.size());
        for (Endpoint endpoint : routed) {
            if (wanted.test(endpoint)) {
                EndpointState state = circuits.of(endpoint, thresholds);
                if (!state.refuses() && (ejected == Ejected.SERVE || !state.isEjected())) {
                    candidates.add(endpoint);
                }
            }
        }
        while (!candidates.isEmpty()) {
            Endpoint picked = balancer.pick(candidates, circuits::inFlight);
            if (picked == null) {
                return null;
            }
            EndpointState state = circuits.of(picked, thresholds);
            Permit permit = state.circuit().tryAcquire();
            if (permit != null) {
                return new Choice(picked, state, permit);
            }
            candidates.remove(picked);
        }
        return null;
    }

    /** An endpoint that may be called once. */
    record Choice(Endpoint endpoint, EndpointState state, Permit permit) {}
}
