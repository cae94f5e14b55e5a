package io.signalbox.mesh.proxy.outbound;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.signalbox.mesh.model.BreakerCommand;
import io.signalbox.mesh.model.ChangeNote;
import io.signalbox.mesh.model.CircuitBreakerConfig;
import io.signalbox.mesh.model.Endpoint;
import io.signalbox.mesh.model.MeshConfig;
import io.signalbox.mesh.model.ServiceConfig;
import io.signalbox.mesh.proxy.transport.Target;
import io.signalbox.mesh.resilience.CircuitBreaker;
import io.signalbox.mesh.resilience.Opening;
import io.signalbox.mesh.resilience.OutlierMove;
import io.signalbox.mesh.resilience.Transition;
import io.signalbox.mesh.time.Ticker;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One circuit for each endpoint that this sidecar calls, or for each service where its policy says so, kept across
 * changes of configuration.
 *
 * <p>An endpoint that is missing from the configuration may only be unhealthy for a while, so its circuit is forgotten
 * only after {@link #FORGET_AFTER}. Safe to use from any thread.
 */
public final class Circuits {

    static final Duration FORGET_AFTER = Duration.ofMinutes(10);

    private final Map<String, EndpointState> states = new ConcurrentHashMap<>();
    private final TargetResolver targets;
    private final Ticker ticker;
    private final InstantSource clock;
    private final ServiceGuards guards;

    @GuardedBy("this")
    private MeshConfig applied = MeshConfig.EMPTY;

    private volatile CircuitListener listener = (endpoint, transition) -> {};
    private volatile EjectionListener ejections = (service, move) -> {};

    /** @param random spreads the times for which endpoints are left out */
    public Circuits(TargetResolver targets, Ticker ticker, InstantSource clock, RandomGenerator random) {
        this.targets = targets;
        this.ticker = ticker;
        this.clock = clock;
        this.guards = new ServiceGuards(ticker, clock, random, this::movedTogether, this::ejectionMoved);
    }

    public void listen(CircuitListener newListener) {
        listener = newListener;
    }

    public void listenToEjections(EjectionListener newListener) {
        ejections = newListener;
    }

    /** Tells the listener of the endpoints that serve again since this was last asked. */
    public void tellReturned() {
        guards.tellReturned();
    }

    /** Follows new thresholds and addresses, and forgets what has been gone for long. */
    public synchronized void apply(MeshConfig config) {
        long now = ticker.nanos();
        MeshConfig before = applied;
        List<ServiceConfig> changed = config.services().values().stream()
                .filter(service -> !service.equals(before.services().get(service.service())))
                .toList();
        Set<String> names = changed.stream().map(ServiceConfig::service).collect(Collectors.toSet());
        for (EndpointState state : states.values()) {
            String service = state.endpoint().service();
            if (names.contains(service) || !config.services().containsKey(service)) {
                state.leave();
            } else {
                state.stay(now);
            }
        }
        changed.forEach(service -> follow(service, now));
        states.values().removeIf(state -> now - state.lastConfiguredNanos() > FORGET_AFTER.toNanos());
        applied = config;
    }

    private void follow(ServiceConfig service, long now) {
        guards.apply(service);
        for (Endpoint endpoint : service.endpoints()) {
            EndpointState known = states.get(endpoint.instanceId());
            if (known != null) {
                known.configure(service.policy().circuitBreaker(), now);
                guards.protect(known);
            }
        }
    }

    /** Every circuit that has been called on, by service and instance. */
    public List<CircuitView> views() {
        return states.values().stream()
                .map(EndpointState::view)
                .sorted(Comparator.comparing(
                                (CircuitView view) -> view.endpoint().service())
                        .thenComparing(view -> view.endpoint().instanceId()))
                .toList();
    }

    /** Why the circuit of that endpoint last opened by itself; empty when it never has, or there is none. */
    public Optional<Opening> lastOpening(String instanceId) {
        EndpointState state = states.get(instanceId);
        return state == null ? Optional.empty() : state.lastOpening();
    }

    /** Does what an operator asks; creates the circuit of a configured endpoint that has not been called yet. */
    public boolean command(
            Optional<Endpoint> configured,
            CircuitBreakerConfig thresholds,
            String instanceId,
            BreakerCommand command,
            ChangeNote note) {
        EndpointState state =
                configured.map(endpoint -> of(endpoint, thresholds)).orElseGet(() -> states.get(instanceId));
        if (state == null) {
            return false;
        }
        state.apply(command, note);
        return true;
    }

    EndpointState of(Endpoint endpoint, CircuitBreakerConfig thresholds) {
        EndpointState known = states.get(endpoint.instanceId());
        if (known == null) {
            known = states.computeIfAbsent(endpoint.instanceId(), id -> created(endpoint, thresholds));
            settle(known);
        }
        if (!known.endpoint().equals(endpoint)) {
            known.moveTo(endpoint, targets.of(endpoint));
            known.configure(thresholds, ticker.nanos());
            guards.protect(known);
        }
        return known;
    }

    /** How to connect to it without asking its circuit; {@code null} when this sidecar cannot. */
    @Nullable
    Target target(Endpoint endpoint) {
        return targets.of(endpoint);
    }

    @Nullable
    EndpointState known(String instanceId) {
        return states.get(instanceId);
    }

    int inFlight(Endpoint endpoint) {
        EndpointState state = states.get(endpoint.instanceId());
        return state == null ? 0 : state.inFlight.get();
    }

    /** Whoever created it may have followed an earlier configuration than the one that is in force. */
    private synchronized void settle(EndpointState state) {
        Endpoint endpoint = state.endpoint();
        ServiceConfig service = applied.services().get(endpoint.service());
        if (service != null && service.has(endpoint.instanceId())) {
            state.configure(service.policy().circuitBreaker(), ticker.nanos());
            guards.protect(state);
        } else {
            state.leave();
        }
    }

    private EndpointState created(Endpoint endpoint, CircuitBreakerConfig thresholds) {
        CircuitBreaker breaker =
                new CircuitBreaker(thresholds, ticker, clock, moved -> listener.moved(endpoint, moved));
        EndpointState state = new EndpointState(
                endpoint, targets.of(endpoint), thresholds, breaker, new RecentCalls(ticker), ticker.nanos());
        guards.protect(state);
        return state;
    }

    private void ejectionMoved(String service, OutlierMove move) {
        ejections.moved(service, move);
    }

    /** The circuit of a whole service moved: that of each of its endpoints, as callers see it. */
    private void movedTogether(String service, Transition transition) {
        for (EndpointState state : states.values()) {
            if (state.endpoint().service().equals(service)) {
                listener.moved(state.endpoint(), transition);
            }
        }
    }
}
