package io.signalbox.mesh.proxy.outbound;

import io.signalbox.mesh.mirror.KeptAnswer;
import io.signalbox.mesh.mirror.MirrorReport;
import io.signalbox.mesh.time.Scheduler.Cancellable;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Answers to one request that are compared once all of them have ended, within the time that copies have. What is kept of
 * them is let go then, and only then do the copies give up their places among those under way: so many answers are held as
 * there are places, also of callers' answers that never end. Belongs to the exchange's thread.
 */
final class Comparison {

    private final MirrorReport report;
    private final Set<String> ignored;
    private final KeptAnswer primary;
    private final KeptAnswer mirror;
    private final @Nullable KeptAnswer second;
    private final AtomicInteger inFlight;
    private @Nullable Cancellable timer;
    private int awaited;
    private boolean over;
    private boolean mirrorWhole;
    private boolean secondWhole;

    /**
     * @param second of another primary; {@code null} when none is asked
     * @param inFlight where one place is held for each copy
     */
    Comparison(
            MirrorReport report,
            Set<String> ignored,
            KeptAnswer primary,
            KeptAnswer mirror,
            @Nullable KeptAnswer second,
            AtomicInteger inFlight) {
        this.report = report;
        this.ignored = ignored;
        this.primary = primary;
        this.mirror = mirror;
        this.second = second;
        this.inFlight = inFlight;
        this.awaited = second == null ? 2 : 3;
    }

    KeptAnswer primary() {
        return primary;
    }

    /** What calls {@link #giveUp} when the time is up. */
    void endsBy(Cancellable limit) {
        if (over) {
            limit.cancel();
        } else {
            timer = limit;
        }
    }

    /** The caller's answer broke off, its caller left, or it took too long: there is nothing to compare with. */
    void giveUp() {
        if (!over) {
            end();
        }
    }

    void primaryDelivered() {
        ended();
    }

    void mirrorEnded(boolean whole) {
        mirrorWhole = whole;
        ended();
    }

    void secondEnded(boolean whole) {
        secondWhole = whole;
        ended();
    }

    private void ended() {
        awaited--;
        if (awaited > 0 || over) {
            return;
        }
        if (mirrorWhole) {
            report.compare(primary, mirror, ignored);
        }
        KeptAnswer other = second;
        if (other != null && secondWhole) {
            report.learn(primary, other, ignored);
        }
        end();
    }

    private void end() {
        over = true;
        Cancellable limit = timer;
        if (limit != null) {
            limit.cancel();
        }
        primary.letGo();
        mirror.letGo();
        inFlight.decrementAndGet();
        KeptAnswer other = second;
        if (other != null) {
            other.letGo();
            inFlight.decrementAndGet();
        }
    }
}
