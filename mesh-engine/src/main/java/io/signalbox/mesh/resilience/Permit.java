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
        success(CallNotes.NONE);
    }

    public final void failure() {
        failure(CallNotes.NONE);
    }

    /** @param notes read at once, for those who ask later what the circuit has learnt from */
    public final void success(CallNotes notes) {
        if (settleFirst()) {
            breaker.settled(generation, Verdict.SUCCEEDED, tookNanos(notes), notes);
        }
    }

    /** @param notes read at once, for those who ask later what the circuit has learnt from */
    public final void failure(CallNotes notes) {
        if (settleFirst()) {
            breaker.settled(generation, Verdict.FAILED, tookNanos(notes), notes);
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

    long tookNanos(CallNotes notes) {
        return notes.tookNanos();
    }

    private boolean settleFirst() {
        return SETTLED.compareAndSet(this, 0, 1);
    }
}
