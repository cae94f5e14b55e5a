package io.signalbox.mesh.resilience;

import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

/**
 * Leave to make one call, to be settled once with how the call went.
 *
 * <p>The first settlement counts and any further one does nothing; closing it unsettled is ignoring it. A permit given
 * before the circuit last moved no longer counts at all. May be settled by another thread than asked for it.
 */
public final class Permit implements AutoCloseable {

    private static final AtomicIntegerFieldUpdater<Permit> SETTLED =
            AtomicIntegerFieldUpdater.newUpdater(Permit.class, "settled");

    private final CircuitBreaker breaker;
    private final long generation;

    @SuppressWarnings("unused") // through SETTLED
    private volatile int settled;

    Permit(CircuitBreaker breaker, long generation) {
        this.breaker = breaker;
        this.generation = generation;
    }

    public void success() {
        if (settleFirst()) {
            breaker.succeeded(generation);
        }
    }

    public void failure() {
        if (settleFirst()) {
            breaker.failed(generation);
        }
    }

    /** The call says nothing about the endpoint; a trial's place is given back. */
    public void ignore() {
        if (settleFirst()) {
            breaker.ignored(generation);
        }
    }

    @Override
    public void close() {
        ignore();
    }

    private boolean settleFirst() {
        return SETTLED.compareAndSet(this, 0, 1);
    }
}
