package io.signalbox.mesh.resilience;

import io.signalbox.mesh.resilience.CallOutcome.Verdict;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

/**
 * Leave to make one call, to be settled once with how the call went.
 *
 * <p>The first settlement counts and any further one does nothing; closing it unsettled is ignoring it. A permit given
 * before the circuit last moved no longer counts at all. May be settled by another thread than asked for it.
 */
public sealed class Permit implements AutoCloseable permits TimedPermit {

    private static final AtomicIntegerFieldUpdater<Permit> SETTLED =
            AtomicIntegerFieldUpdater.newUpdater(Permit.class, "settled");

    final CircuitBreaker breaker;
    final long generation;

    @SuppressWarnings("unused") // through SETTLED
    private volatile int settled;

    Permit(CircuitBreaker breaker, long generation) {
        this.breaker = breaker;
        this.generation = generation;
    }

    /** The answer's head is there: what comes after it does not make the call slow. */
    public void answered() {}

    public final void success() {
        if (settleFirst()) {
            succeeded();
        }
    }

    public final void failure() {
        if (settleFirst()) {
            failed();
        }
    }

    /** The call says nothing about the endpoint; a trial's place is given back. */
    public final void ignore() {
        if (settleFirst()) {
            breaker.ignored(generation);
        }
    }

    @Override
    public final void close() {
        ignore();
    }

    void succeeded() {
        breaker.settled(generation, Verdict.SUCCEEDED, 0);
    }

    void failed() {
        breaker.settled(generation, Verdict.FAILED, 0);
    }

    private boolean settleFirst() {
        return SETTLED.compareAndSet(this, 0, 1);
    }
}
