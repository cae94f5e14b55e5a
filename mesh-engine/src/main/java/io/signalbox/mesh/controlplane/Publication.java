package io.signalbox.mesh.controlplane;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.signalbox.mesh.model.status.MeshSnapshot;
import io.signalbox.mesh.time.Scheduler;
import io.signalbox.mesh.time.Ticker;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongFunction;

/**
 * The newest snapshot of the mesh. Whoever asks for it sees every change that was made before; who listens is told of changes
 * as they come, but of several at once when there are so many that drawing would take more than a tenth of the time.
 *
 * <p>Safe from any thread. Drawing happens under its lock, listeners are called outside, never with an older snapshot than before.
 */
final class Publication {

    private static final int REST = 9;

    private final LongFunction<MeshSnapshot> drawing;
    private final Ticker ticker;
    private final Scheduler scheduler;
    private final Announcer<MeshSnapshot> announcer =
            new Announcer<>((next, before) -> next.sequence() > before.sequence());
    private final AtomicLong changes = new AtomicLong();

    /** Whether somebody draws soon, with every change until then. */
    private final AtomicBoolean planned = new AtomicBoolean();

    private volatile long drawn;

    @GuardedBy("this")
    private long restsUntil;

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
        return drawn == changes.get() ? latest : fresh();
    }

    /** Calls the listener for each new snapshot, in order, until the answer is run. */
    Runnable subscribe(Consumer<MeshSnapshot> listener) {
        return announcer.listen(listener);
    }

    /** Draws anew, and tells. */
    void publish() {
        announcer.offer(draw());
    }

    /** Something changed: draws at once, or when it has rested. */
    void changed() {
        long _ = changes.incrementAndGet();
        if (planned.compareAndSet(false, true)) {
            due();
        }
    }

    private void due() {
        MeshSnapshot next;
        synchronized (this) {
            long rest = restsUntil - ticker.nanos();
            if (rest > 0) {
                Scheduler.Cancellable _ = scheduler.schedule(Duration.ofNanos(rest), this::due);
                return;
            }
            planned.set(false);
            next = fresh();
        }
        announcer.offer(next);
    }

    /** Somebody who came first may have drawn what is missing. */
    private synchronized MeshSnapshot fresh() {
        return drawn == changes.get() ? latest : draw();
    }

    private synchronized MeshSnapshot draw() {
        long upTo = changes.get();
        long begun = ticker.nanos();
        MeshSnapshot next = drawing.apply(latest.sequence() + 1);
        latest = next;
        drawn = upTo;
        long now = ticker.nanos();
        restsUntil = now + REST * (now - begun);
        return next;
    }
}
