package io.signalbox.mesh.controlplane;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.signalbox.mesh.model.status.MeshSnapshot;
import io.signalbox.mesh.time.Scheduler;
import io.signalbox.mesh.time.Ticker;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongFunction;

/**
 * The newest snapshot of the mesh. Whoever asks for it sees every change that was made before; who listens is told of changes
 * as they come, but of several at once when there are so many that drawing would take more than a tenth of the time.
 *
 * <p>Safe from any thread. Drawing happens under its lock, listeners are called outside.
 */
final class Publication {

    private static final int REST = 9;

    private final LongFunction<MeshSnapshot> drawing;
    private final Ticker ticker;
    private final Scheduler scheduler;
    private final Announcer<MeshSnapshot> announcer = new Announcer<>();

    @GuardedBy("this")
    private long restsUntil;

    @GuardedBy("this")
    private boolean scheduled;

    private volatile boolean stale;
    private volatile MeshSnapshot latest;

    /** @param drawing draws the snapshot of a number */
    Publication(MeshSnapshot first, LongFunction<MeshSnapshot> drawing, Ticker ticker, Scheduler scheduler) {
        this.latest = first;
        this.drawing = drawing;
        this.ticker = ticker;
        this.scheduler = scheduler;
        this.restsUntil = ticker.nanos();
    }

    /** With every change that was told before this was called. */
    MeshSnapshot latest() {
        if (stale) {
            publish();
        }
        return latest;
    }

    /** Calls the listener for each new snapshot, in order, until the answer is run. */
    Runnable subscribe(Consumer<MeshSnapshot> listener) {
        return announcer.listen(listener);
    }

    /** Draws anew, and tells. */
    void publish() {
        MeshSnapshot next;
        synchronized (this) {
            long begun = ticker.nanos();
            scheduled = false;
            stale = false;
            next = drawing.apply(latest.sequence() + 1);
            latest = next;
            long now = ticker.nanos();
            restsUntil = now + REST * (now - begun);
        }
        announcer.offer(next);
    }

    /** Something changed: draws at once, or when it has rested. */
    void changed() {
        long rest;
        synchronized (this) {
            stale = true;
            if (scheduled) {
                return;
            }
            rest = restsUntil - ticker.nanos();
            scheduled = rest > 0;
        }
        if (rest > 0) {
            Scheduler.Cancellable _ = scheduler.schedule(Duration.ofNanos(rest), this::publish);
        } else {
            publish();
        }
    }
}
