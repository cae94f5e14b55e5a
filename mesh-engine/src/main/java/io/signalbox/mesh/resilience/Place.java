package io.signalbox.mesh.resilience;

import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * A place among the requests under way to a service, or in the queue for one, to be left once.
 *
 * <p>May be left by any thread, and by another one than took it.
 */
public final class Place {

    private static final AtomicIntegerFieldUpdater<Place> LEFT =
            AtomicIntegerFieldUpdater.newUpdater(Place.class, "left");

    private final ConcurrencyLimiter limiter;

    /** What is told when it gets a place; {@code null} when it had one at once. */
    private final @Nullable Runnable served;

    private volatile boolean held;

    @SuppressWarnings("unused") // through LEFT
    private volatile int left;

    Place(ConcurrencyLimiter limiter, @Nullable Runnable served) {
        this.limiter = limiter;
        this.served = served;
        this.held = served == null;
    }

    /** Whether it had to wait, or still does: if so, the place is had when that is told, and not before. */
    public boolean queued() {
        return served != null;
    }

    /** Whether it is among those under way. It may come to be at any moment, and then stays so until it is left. */
    public boolean isHeld() {
        return held;
    }

    /** Gives the place to whoever waits longest, or leaves the queue. Only the first time counts. */
    public void leave() {
        if (LEFT.compareAndSet(this, 0, 1)) {
            limiter.left(this);
        }
    }

    void serve() {
        held = true;
        Runnable told = served;
        if (told != null) {
            told.run();
        }
    }
}
