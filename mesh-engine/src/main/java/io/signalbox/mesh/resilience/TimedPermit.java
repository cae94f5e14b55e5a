package io.signalbox.mesh.resilience;

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
    long tookNanos(CallNotes notes) {
        long took = tookNanos;
        return took == NOT_YET ? Math.max(0, breaker.nanos() - startNanos) : took;
    }
}
