package io.signalbox.mesh.proxy.outbound;

import io.signalbox.mesh.model.BreakerState;
import io.signalbox.mesh.model.CircuitBreakerConfig;
import io.signalbox.mesh.model.Endpoint;
import io.signalbox.mesh.proxy.transport.Target;
import io.signalbox.mesh.resilience.BreakerView;
import io.signalbox.mesh.resilience.CircuitBreaker;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** What one sidecar remembers of one endpoint: its circuit, calls in flight, and how to connect. */
final class EndpointState {

    final CircuitBreaker breaker;
    final RecentCalls recent;
    final AtomicInteger inFlight = new AtomicInteger();

    private volatile Endpoint endpoint;
    private volatile @Nullable Target target;
    private volatile CircuitBreakerConfig config;
    private volatile long lastConfiguredNanos;

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
        if (!next.equals(config)) {
            config = next;
            breaker.configure(next);
        }
    }

    long lastConfiguredNanos() {
        return lastConfiguredNanos;
    }

    /** Whether a call would certainly be refused now; asks without moving anything. */
    boolean refuses() {
        BreakerState state = breaker.state();
        return switch (state) {
            case CLOSED, HALF_OPEN, DISABLED -> false;
            case FORCED_OPEN -> true;
            case OPEN -> breaker.view().nanosUntilProbe().orElse(0) > 0;
        };
    }

    /** Whether an operator wants no call to go there. */
    boolean isForcedOpen() {
        return breaker.state() == BreakerState.FORCED_OPEN;
    }

    /** Whether the circuit lets calls through to learn from them. */
    boolean isOnTrial() {
        return breaker.state() == BreakerState.HALF_OPEN;
    }

    CircuitView view() {
        BreakerView view = breaker.view();
        RecentCalls.Counts counts = recent.lastMinute();
        return new CircuitView(endpoint, config, view, inFlight.get(), counts.calls(), counts.failures());
    }
}
