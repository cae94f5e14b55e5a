package io.signalbox.mesh.resilience;

import io.signalbox.mesh.model.BreakerState;
import io.signalbox.mesh.model.CircuitBreakerConfig;

/** The circuit breaker as plainly as it can be said: one thread, plain fields. What the real one is held against. */
final class BreakerModel {

    CircuitBreakerConfig config;
    BreakerState state = BreakerState.CLOSED;
    int failures;
    int admitted;
    int succeeded;
    long openedAtNanos;
    long refused;
    /** Grows whenever permits given before stop counting. */
    int era;
    /** Moves from one state to another. */
    int moves;

    BreakerModel(CircuitBreakerConfig config) {
        this.config = config;
    }

    boolean acquire(long nowNanos) {
        if (state == BreakerState.OPEN
                && nowNanos - openedAtNanos >= config.openDuration().toNanos()) {
            enter(BreakerState.HALF_OPEN);
        }
        if (state == BreakerState.HALF_OPEN && succeeded >= config.successThreshold()) {
            enter(BreakerState.CLOSED);
        }
        boolean trialsLeft = admitted < config.halfOpenRequests();
        if (state.refuses() || (state == BreakerState.HALF_OPEN && !trialsLeft)) {
            refused++;
            return false;
        }
        admitted += state == BreakerState.HALF_OPEN ? 1 : 0;
        return true;
    }

    void success(int permitEra) {
        if (permitEra != era) {
            return;
        }
        failures = 0;
        if (state == BreakerState.HALF_OPEN && ++succeeded >= config.successThreshold()) {
            enter(BreakerState.CLOSED);
        }
    }

    void failure(int permitEra, long nowNanos) {
        if (permitEra != era) {
            return;
        }
        boolean tooMany = state == BreakerState.CLOSED && ++failures >= config.failureThreshold();
        if (tooMany || state == BreakerState.HALF_OPEN) {
            openedAtNanos = nowNanos;
            enter(BreakerState.OPEN);
        }
    }

    void ignore(int permitEra) {
        if (permitEra == era && state == BreakerState.HALF_OPEN) {
            admitted--;
        }
    }

    void enter(BreakerState next) {
        boolean letAllThrough = state == BreakerState.CLOSED || state == BreakerState.DISABLED;
        if (letAllThrough && next.refuses()) {
            refused = 0;
        }
        moves += next == state ? 0 : 1;
        state = next;
        era++;
        failures = 0;
        admitted = 0;
        succeeded = 0;
    }
}
