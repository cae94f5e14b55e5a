package io.signalbox.mesh.resilience;

import io.signalbox.mesh.resilience.CallOutcome.Verdict;

/** Leave of a circuit with a window, which also wants to know how long the call takes. */
final class TimedPermit extends Permit {

    private static final long NOT_YET = -1;

    private final long startNanos;
    private volatile long tookNanos = NOT_YET;

    TimedPermit(CircuitBreaker breaker, long generation, long startNanos) {
        super(breaker, generation);
        this.startNanos = startNanos;
    }

    @Override
    public void answered() {
        tookNanos = Math.max(0, breaker.nanos() - startNanos);
    }

    @Override
    void succeeded() {
        settle(Verdict.SUCCEEDED);
    }

    @Override
    void failed() {
        settle(Verdict.FAILED);
    }

    private void settle(Verdict verdict) {
        long took = tookNanos;
        breaker.settled(generation, verdict, took == NOT_YET ? Math.max(0, breaker.nanos() - startNanos) : took);
    }
}
