package io.signalbox.mesh.event;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The newest events of a mesh in order, at most {@code capacity} of them.
 *
 * <p>Safe from any thread. Listeners are called in order of the sequence, on a thread that appends, outside the lock
 * that guards the events.
 */
public final class EventLog {

    private static final Logger log = LoggerFactory.getLogger(EventLog.class);

    private final InstantSource clock;
    private final int capacity;
    private final List<Consumer<RecordedEvent>> listeners = new CopyOnWriteArrayList<>();
    private final Object lock = new Object();

    @GuardedBy("lock")
    private final ArrayDeque<RecordedEvent> events = new ArrayDeque<>();

    @GuardedBy("lock")
    private final ArrayDeque<RecordedEvent> unannounced = new ArrayDeque<>();

    @GuardedBy("lock")
    private long lastSequence;

    @GuardedBy("lock")
    private boolean announcing;

    public EventLog(InstantSource clock, int capacity) {
        this.clock = clock;
        this.capacity = capacity;
    }

    public RecordedEvent append(MeshEvent event) {
        return append(event, clock.instant());
    }

    /** @param at when it happened, if it is told later than that */
    public RecordedEvent append(MeshEvent event, Instant at) {
        RecordedEvent recorded;
        synchronized (lock) {
            recorded = new RecordedEvent(++lastSequence, at, event);
            events.addLast(recorded);
            if (events.size() > capacity) {
                events.removeFirst();
            }
            unannounced.addLast(recorded);
            if (announcing) {
                return recorded;
            }
            announcing = true;
        }
        announce();
        return recorded;
    }

    public long lastSequence() {
        synchronized (lock) {
            return lastSequence;
        }
    }

    /** Whether every event after that sequence is held still, and the sequence has been reached. */
    public boolean follows(long sequence) {
        synchronized (lock) {
            return sequence <= lastSequence && sequence >= lastSequence - events.size();
        }
    }

    /** The newest events after that sequence, oldest first, at most {@code limit}. */
    public List<RecordedEvent> after(long sequence, int limit) {
        synchronized (lock) {
            List<RecordedEvent> found =
                    events.stream().filter(event -> event.sequence() > sequence).toList();
            return found.subList(Math.max(0, found.size() - limit), found.size());
        }
    }

    /** The oldest events after that sequence, oldest first, at most {@code limit}. */
    public List<RecordedEvent> next(long sequence, int limit) {
        synchronized (lock) {
            return events.stream()
                    .filter(event -> event.sequence() > sequence)
                    .limit(limit)
                    .toList();
        }
    }

    /** Calls the listener for each event from now on; run the answer to stop. */
    public Runnable listen(Consumer<RecordedEvent> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    private void announce() {
        while (true) {
            RecordedEvent next;
            synchronized (lock) {
                next = unannounced.pollFirst();
                if (next == null) {
                    announcing = false;
                    return;
                }
            }
            for (Consumer<RecordedEvent> listener : listeners) {
                try {
                    listener.accept(next);
                } catch (RuntimeException e) {
                    log.error("A listener failed on {}", next, e);
                }
            }
        }
    }
}
