package io.signalbox.mesh.resilience;

import io.signalbox.mesh.model.ConcurrencyLimit;
import io.signalbox.mesh.time.Ticker;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A limit on what is under way at once, with a bounded queue before it, first come, first served.
 *
 * <p>For any number of threads: the whole state is one reference to an immutable value, moved by compare-and-set; no lock
 * is taken and nothing blocks. To wait is to be told later, on the thread that made room; whoever is told must be quick,
 * must not throw, and had better only hand over to its own thread.
 *
 * <p>Nobody overtakes those that wait, and no place is free while somebody waits. Places that are held when the limit
 * falls stay held; as many must be left before the next is served.
 */
public final class ConcurrencyLimiter {

    /** As long as nobody waits; the same ones serve all limiters, since how things stand is all that they are. */
    private static final Seats[] UNCROWDED = IntStream.range(0, 1_024)
            .mapToObj(taken -> new Seats(taken, WaitingLine.EMPTY))
            .toArray(Seats[]::new);

    private final Ticker ticker;
    private final AtomicReference<Seats> seats = new AtomicReference<>(Seats.of(0, WaitingLine.EMPTY));
    private final LongAdder refused = new LongAdder();
    private volatile ConcurrencyLimit config;
    private volatile @Nullable AdaptiveLimit adaptive;

    public ConcurrencyLimiter(ConcurrencyLimit config, Ticker ticker) {
        this.ticker = ticker;
        this.config = config;
        this.adaptive = adaptive(config);
    }

    private record Seats(int taken, WaitingLine line) {

        static Seats of(int taken, WaitingLine line) {
            return line.size() == 0 && taken < UNCROWDED.length ? UNCROWDED[taken] : new Seats(taken, line);
        }
    }

    /**
     * How things stand.
     *
     * @param limit the one in force
     * @param inFlight places that are held
     * @param waiting places that are waited for
     * @param refused since the beginning
     */
    public record View(int limit, int inFlight, int waiting, long refused) {}

    public ConcurrencyLimit config() {
        return config;
    }

    /** Follows the new limit from now on; who is under way or waits stays. */
    public void configure(ConcurrencyLimit next) {
        ConcurrencyLimit before = config;
        if (before.equals(next)) {
            return;
        }
        config = next;
        if (before.maxInFlight() != next.maxInFlight() || !before.adaptive().equals(next.adaptive())) {
            adaptive = adaptive(next);
        }
        serveWhoFits();
    }

    private @Nullable AdaptiveLimit adaptive(ConcurrencyLimit of) {
        return of.adaptive()
                .map(bounds -> new AdaptiveLimit(bounds, of.maxInFlight(), ticker))
                .orElse(null);
    }

    /** How many may be under way now. */
    public int limit() {
        AdaptiveLimit following = adaptive;
        return following == null ? config.maxInFlight() : following.limit();
    }

    public View view() {
        Seats now = current();
        return new View(limit(), now.taken(), now.line().size(), refused.sum());
    }

    /**
     * Takes a place, or one in the queue.
     *
     * @param served is told once, possibly before this returns, when a place in the queue becomes one under way, even if
     *     that is left at the same moment; never when there was a place at once
     * @return {@code null} when the queue is full
     */
    public @Nullable Place enter(Runnable served) {
        Place waiting = null;
        while (true) {
            Seats seen = current();
            WaitingLine line = seen.line();
            if (hasRoom(seen)) {
                if (seats.compareAndSet(seen, Seats.of(seen.taken() + 1, line))) {
                    return new Place(this, null);
                }
            } else if (line.size() >= config.queue()) {
                refused.increment();
                return null;
            } else {
                waiting = waiting == null ? new Place(this, served) : waiting;
                if (seats.compareAndSet(seen, Seats.of(seen.taken(), line.joinedBy(waiting)))) {
                    // The limit may have risen since it was looked at.
                    serveWhoFits();
                    return waiting;
                }
            }
        }
    }

    /** Takes a place if there is one that nobody waits for; {@code null} otherwise, which counts as no refusal. */
    public @Nullable Place tryEnter() {
        while (true) {
            Seats seen = current();
            if (!hasRoom(seen)) {
                return null;
            }
            if (seats.compareAndSet(seen, Seats.of(seen.taken() + 1, seen.line()))) {
                return new Place(this, null);
            }
        }
    }

    private Seats current() {
        return Objects.requireNonNull(seats.get());
    }

    private boolean hasRoom(Seats seen) {
        return seen.line().size() == 0 && seen.taken() < limit();
    }

    /** Counts a request that waited in vain. */
    public void refusedAfterWaiting() {
        refused.increment();
    }

    /** An answer's head came so long after its attempt began. */
    public void answered(long nanos) {
        AdaptiveLimit following = adaptive;
        if (following != null && following.answered(nanos, current().taken())) {
            serveWhoFits();
        }
    }

    /** No answer came in time, or one that says that the service has too much to do. */
    public void overloaded() {
        AdaptiveLimit following = adaptive;
        if (following != null && following.overloaded(current().taken())) {
            serveWhoFits();
        }
    }

    /** A place is left, and was held if nobody waits by it. */
    void left(Place place) {
        while (true) {
            Seats seen = current();
            WaitingLine line = seen.line();
            if (place.queued() && !place.isHeld()) {
                WaitingLine others = line.without(place);
                if (others.size() < line.size()) {
                    if (seats.compareAndSet(seen, Seats.of(seen.taken(), others))) {
                        return;
                    }
                    continue;
                }
            }
            Place first = line.first();
            if (first == null || seen.taken() > limit()) {
                if (seats.compareAndSet(seen, Seats.of(seen.taken() - 1, line))) {
                    // As after joining: nobody else may look again.
                    serveWhoFits();
                    return;
                }
            } else if (seats.compareAndSet(seen, Seats.of(seen.taken(), line.rest()))) {
                first.serve();
                return;
            }
        }
    }

    private void serveWhoFits() {
        while (true) {
            Seats seen = current();
            Place first = seen.line().first();
            if (first == null || seen.taken() >= limit()) {
                return;
            }
            if (seats.compareAndSet(seen, Seats.of(seen.taken() + 1, seen.line().rest()))) {
                first.serve();
            }
        }
    }
}
