package io.signalbox.mesh.proxy.outbound;

import io.signalbox.mesh.balance.CallWatch;
import io.signalbox.mesh.explain.Pool;
import io.signalbox.mesh.model.CircuitBreakerConfig;
import io.signalbox.mesh.model.Endpoint;
import io.signalbox.mesh.resilience.CircuitBreaker;
import io.signalbox.mesh.resilience.Permit;
import io.signalbox.mesh.routing.RouteDecision;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Picks the endpoint of one attempt and gets leave from its circuit.
 *
 * <p>Endpoints that this request has not tried come first; those whose circuit refuses, and those that are ejected, are
 * left out of the balancing, unless so many circuits refuse that the policy's panic threshold is reached. When nobody
 * else is left the ejected ones serve all the same.
 */
final class EndpointChooser {

    private static final int PERCENT = 100;

    private final Circuits circuits;
    private final ZoneFilter zones;

    EndpointChooser(Circuits circuits, ZoneFilter zones) {
        this.circuits = circuits;
        this.zones = zones;
    }

    /**
     * Returns an endpoint with leave to call it, or {@code null} when every circuit refuses.
     *
     * @param from those of the route that may be picked
     * @param key what the balancer knows the request by
     * @param notes learns how it went
     */
    @Nullable
    Choice choose(
            RouteDecision.Routed route,
            List<Endpoint> from,
            Set<String> tried,
            ServiceTraffic traffic,
            long key,
            PickNotes notes) {
        CircuitBreakerConfig thresholds = route.policy().circuitBreaker();
        if (traffic.balancing().panicThreshold().isPresent() && panics(route, traffic, thresholds)) {
            Choice anyone = inPanic(from, tried, traffic, thresholds, key, notes);
            return anyone != null ? anyone : askEach(from, thresholds, traffic, notes);
        }
        Choice choice = tried.isEmpty()
                ? among(route, from, _ -> true, Pool.USABLE, traffic, key, notes)
                : amongUntriedFirst(route, from, tried, traffic, key, notes);
        if (choice == null && anyEjected(from, thresholds)) {
            choice = among(route, from, _ -> true, Pool.EJECTED_TOO, traffic, key, notes);
        }
        return choice != null ? choice : askEach(from, thresholds, traffic, notes);
    }

    /** The zone that the sidecar runs in; {@code null} when it has none. */
    @Nullable
    String zone() {
        return zones.own();
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
            RouteDecision.Routed route,
            List<Endpoint> from,
            Set<String> tried,
            ServiceTraffic traffic,
            long key,
            PickNotes notes) {
        Predicate<Endpoint> again = endpoint -> tried.contains(endpoint.instanceId());
        Choice fresh = among(route, from, again.negate(), Pool.USABLE, traffic, key, notes);
        return fresh != null ? fresh : among(route, from, again, Pool.USABLE, traffic, key, notes);
    }

    /** Asks every circuit, so that each counts the call it refuses; one whose open time ended meanwhile lets it pass. */
    private @Nullable Choice askEach(
            List<Endpoint> from, CircuitBreakerConfig thresholds, ServiceTraffic traffic, PickNotes notes) {
        notes.among(Pool.IN_ORDER);
        CircuitBreaker asked = null;
        for (Endpoint endpoint : from) {
            EndpointState state = circuits.of(endpoint, thresholds);
            CircuitBreaker circuit = state.circuit();
            // The circuit of a whole service is met at each endpoint, and asked once.
            if (circuit != asked) {
                asked = circuit;
                Permit permit = circuit.tryAcquire();
                if (permit != null) {
                    return choice(endpoint, state, permit, traffic);
                }
            }
        }
        return null;
    }

    private @Nullable Choice among(
            RouteDecision.Routed route,
            List<Endpoint> from,
            Predicate<Endpoint> wanted,
            Pool pool,
            ServiceTraffic traffic,
            long key,
            PickNotes notes) {
        notes.among(pool);
        CircuitBreakerConfig thresholds = route.policy().circuitBreaker();
        List<Endpoint> candidates = new ArrayList<>(from.size());
        for (Endpoint endpoint : from) {
            if (wanted.test(endpoint)) {
                EndpointState state = circuits.of(endpoint, thresholds);
                if (!state.refuses() && (pool == Pool.EJECTED_TOO || !state.isEjected())) {
                    candidates.add(endpoint);
                }
            }
        }
        if (traffic.balancing().zonePreference().isPresent()) {
            zones.narrow(candidates, route, traffic.balancing().zonePreference().get(), key);
        }
        while (!candidates.isEmpty()) {
            Endpoint picked = traffic.balancer().pick(candidates, circuits::inFlight, key, notes);
            if (picked == null) {
                return null;
            }
            EndpointState state = circuits.of(picked, thresholds);
            Permit permit = state.circuit().tryAcquire();
            if (permit != null) {
                return choice(picked, state, permit, traffic);
            }
            candidates.remove(picked);
        }
        return null;
    }

    /**
     * Returns an endpoint that this request has not tried and that nothing speaks against, with leave to call it, or
     * {@code null}. For an attempt that may as well not be made: no ejected endpoint serves it, and no circuit that is
     * open counts it.
     */
    @Nullable
    Choice another(RouteDecision.Routed route, Set<String> tried, ServiceTraffic traffic, long key, PickNotes notes) {
        Predicate<Endpoint> untried = endpoint -> !tried.contains(endpoint.instanceId());
        return among(route, route.endpoints(), untried, Pool.USABLE, traffic, key, notes);
    }

    /** Whether so few of the route's endpoints are usable that leaving the others out would do more harm than good. */
    private boolean panics(RouteDecision.Routed route, ServiceTraffic traffic, CircuitBreakerConfig thresholds) {
        int usable = 0;
        for (Endpoint endpoint : route.endpoints()) {
            usable += circuits.of(endpoint, thresholds).refuses() ? 0 : 1;
        }
        int threshold = traffic.balancing().panicThreshold().orElse(0);
        return usable * PERCENT < threshold * route.endpoints().size();
    }

    /** One of all but those that an operator has forced open, whatever their circuits and zones are. */
    private @Nullable Choice inPanic(
            List<Endpoint> from,
            Set<String> tried,
            ServiceTraffic traffic,
            CircuitBreakerConfig thresholds,
            long key,
            PickNotes notes) {
        notes.among(Pool.PANIC);
        List<Endpoint> candidates = new ArrayList<>(from);
        candidates.removeIf(endpoint -> circuits.of(endpoint, thresholds).isForcedOpen());
        List<Endpoint> fresh = new ArrayList<>(candidates);
        fresh.removeIf(endpoint -> tried.contains(endpoint.instanceId()));
        Endpoint picked = traffic.balancer().pick(fresh.isEmpty() ? candidates : fresh, circuits::inFlight, key, notes);
        if (picked == null) {
            return null;
        }
        EndpointState state = circuits.of(picked, thresholds);
        CircuitBreaker circuit = state.circuit();
        Permit permit = state.refuses() ? null : circuit.tryAcquire();
        return choice(picked, state, permit != null ? permit : circuit.uncounted(), traffic);
    }

    private static Choice choice(Endpoint endpoint, EndpointState state, Permit permit, ServiceTraffic traffic) {
        return new Choice(endpoint, state, permit, traffic.balancer().watch(endpoint));
    }

    /**
     * An endpoint that may be called once.
     *
     * @param watch tells the balancer how that went, if it wants to know
     */
    record Choice(
            Endpoint endpoint,
            EndpointState state,
            Permit permit,
            @Nullable CallWatch watch) {

        void failed() {
            CallWatch told = watch;
            if (told != null) {
                told.failed();
            }
        }

        void answered() {
            CallWatch told = watch;
            if (told != null) {
                told.answered();
            }
        }

        void abandoned() {
            CallWatch told = watch;
            if (told != null) {
                told.abandoned();
            }
        }
    }
}
