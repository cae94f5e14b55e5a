package io.signalbox.mesh.proxy.outbound;

import io.signalbox.mesh.model.BreakerCommand;
import io.signalbox.mesh.model.BreakerState;
import io.signalbox.mesh.model.ChangeNote;
import io.signalbox.mesh.model.CircuitBreakerConfig;
import io.signalbox.mesh.model.Endpoint;
import io.signalbox.mesh.proxy.transport.Target;
import io.signalbox.mesh.resilience.BreakerView;
import io.signalbox.mesh.resilience.CircuitBreaker;
import io.signalbox.mesh.resilience.Opening;
import io.signalbox.mesh.resilience.Outlier;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** What one sidecar remembers of one endpoint: its circuit, calls in flight, how it does, and how to connect. */
final class EndpointState {

    final CircuitBreaker breaker;
    final RecentCalls recent;
    final AtomicInteger inFlight = new AtomicInteger();

    private volatile Endpoint endpoint;
    private volatile @Nullable Target target;
    private volatile CircuitBreakerConfig config;
    private volatile @Nullable CircuitBreaker shared;
    private volatile @Nullable Outlier outlier;
    private volatile long lastConfiguredNanos;

    /** Whether the service has this endpoint now. */
    private volatile boolean configured = true;

    EndpointState(
            Endpoint endpoint,
            @Nullable Target target,
            CircuitBreakerConfig config,
            CircuitBreaker breaker,
            RecentCalls recent,
            long nowNanos) {
        this.endpoint = endpoint;
        this.target = target;
        this.config = config;
        this.breaker = breaker;
        this.recent = recent;
        this.lastConfiguredNanos = nowNanos;
    }

    Endpoint endpoint() {
        return endpoint;
    }

    @Nullable
    Target target() {
        return target;
    }

    void moveTo(Endpoint next, @Nullable Target nextTarget) {
        endpoint = next;
        target = nextTarget;
    }

    void configure(CircuitBreakerConfig next, long nowNanos) {
        lastConfiguredNanos = nowNanos;
        configured = true;
        if (!next.equals(config)) {
            config = next;
            breaker.configure(next);
        }
    }

    /** Its service may not have it any more. */
    void leave() {
        configured = false;
    }

    /** Its service is as it was. */
    void stay(long nowNanos) {
        if (configured) {
            lastConfiguredNanos = nowNanos;
        }
    }

    /** Follows what is kept of its service as a whole; {@code null} where nothing is. */
    void protect(@Nullable CircuitBreaker ofService, @Nullable Outlier amongOthers) {
        shared = ofService;
        outlier = amongOthers;
    }

    /** The circuit that gives leave to call it: its service's where there is one, unless an operator holds its own. */
    CircuitBreaker circuit() {
        CircuitBreaker ofService = shared;
        return ofService == null || breaker.state() == BreakerState.FORCED_OPEN ? breaker : ofService;
    }

    void apply(BreakerCommand command, ChangeNote note) {
        CircuitBreaker ofService = shared;
        breaker.apply(command, note);
        if (ofService != null && command != BreakerCommand.OPEN) {
            ofService.apply(command, note);
        }
    }

    void succeeded() {
        recent.succeeded();
        Outlier own = outlier;
        if (own != null) {
            own.succeeded();
        }
    }

    void failed() {
        recent.failed();
        Outlier own = outlier;
        if (own != null) {
            own.failed();
        }
    }

    /** Whether it is left out for a while, though its circuit may be closed. */
    boolean isEjected() {
        Outlier own = outlier;
        return own != null && own.isEjected();
    }

    long lastConfiguredNanos() {
        return lastConfiguredNanos;
    }

    /** Whether a call would certainly be refused now; asks without moving anything. */
    boolean refuses() {
        CircuitBreaker circuit = circuit();
        BreakerState state = circuit.state();
        return switch (state) {
            case CLOSED, HALF_OPEN, DISABLED -> false;
            case FORCED_OPEN -> true;
            case OPEN -> circuit.view().nanosUntilProbe().orElse(0) > 0;
        };
    }

    /** Why the circuit of its service, or its own, last opened by itself. */
    Optional<Opening> lastOpening() {
        CircuitBreaker ofService = shared;
        return (ofService == null ? breaker : ofService).lastOpening();
    }

    /** Whether an operator wants no call to go there. */
    boolean isForcedOpen() {
        return circuit().state() == BreakerState.FORCED_OPEN;
    }

    /** Whether a status of gRPC counts: not where nothing but failures in a row is looked at. */
    boolean readsGrpcStatus() {
        return config.window().isPresent() || outlier != null;
    }

    /** Whether the circuit lets calls through to learn from them. */
    boolean isOnTrial() {
        return circuit().state() == BreakerState.HALF_OPEN;
    }

    CircuitView view() {
        BreakerView view = circuit().view();
        RecentCalls.Counts counts = recent.lastMinute();
        Outlier own = outlier;
        return new CircuitView(
                endpoint,
                config,
                view,
                inFlight.get(),
                counts.calls(),
                counts.failures(),
                own == null ? Optional.empty() : own.ejection());
    }
}
