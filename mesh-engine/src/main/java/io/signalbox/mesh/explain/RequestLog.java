package io.signalbox.mesh.explain;

import io.signalbox.mesh.model.InvalidValueException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The newest requests that are kept, bounded: those that something was the matter with in one ring, sampled ones in
 * another, so that neither pushes the other out.
 *
 * <p>Safe to use from any thread; adding takes no lock. Listeners are told on the thread that adds, so they must be
 * quick.
 */
public class RequestLog<R extends KeptRequest> {

    static final int MOST_HOPS = 500;

    private final DecisionRing<R> troubled;
    private final DecisionRing<R> ordinary;
    private final AtomicLong missed = new AtomicLong();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    /**
     * @param troubledKept how many records of requests that failed, were slow or were retried
     * @param sampledKept how many of all others
     */
    public RequestLog(int troubledKept, int sampledKept) {
        InvalidValueException.unless(troubledKept >= 1, "troubledKept", troubledKept, ">= 1");
        InvalidValueException.unless(sampledKept >= 1, "sampledKept", sampledKept, ">= 1");
        troubled = new DecisionRing<>(troubledKept);
        ordinary = new DecisionRing<>(sampledKept);
    }

    public void add(R record) {
        (record.kept() == Kept.SAMPLED ? ordinary : troubled).add(record);
        for (Runnable listener : listeners) {
            listener.run();
        }
    }

    /** At most {@code limit} records that the filter takes, those that ended last first. */
    public List<R> newest(RequestFilter filter, int limit) {
        return all().filter(record -> filter.takes(record.line()))
                .sorted(Comparator.comparing(KeptRequest::end).reversed())
                .limit(limit)
                .toList();
    }

    /** The traces in which a request has that id, or whose id it is. */
    public Set<String> traces(String id) {
        return all().filter(record -> record.isNamed(id))
                .map(KeptRequest::traceId)
                .collect(Collectors.toSet());
    }

    /**
     * The hops of those traces, by when they began; the newest {@value #MOST_HOPS}, since one id may be sent again and
     * again.
     */
    public List<R> hops(Set<String> traces) {
        return all().filter(record -> traces.contains(record.traceId()))
                .sorted(Comparator.comparing(KeptRequest::at).reversed())
                .limit(MOST_HOPS)
                .toList()
                .reversed();
    }

    /** The hops of the traces in which a request has that id, or whose id it is. */
    public List<R> hops(String id) {
        return hops(traces(id));
    }

    /** All that ended at that time or later, in no order. */
    public List<R> since(Instant when) {
        return all().filter(record -> !record.end().isBefore(when)).toList();
    }

    /** Since when nothing of what is to be kept has been written over; empty when nothing has ever been. */
    public Optional<Instant> wholeSince() {
        return Stream.of(troubled, ordinary)
                .flatMap(ring -> ring.oldestIfFull().stream())
                .map(KeptRequest::end)
                .max(Comparator.naturalOrder());
    }

    /** Which of those are ids of requests of which there is a record. */
    public Set<String> heldOf(Set<String> requestIds) {
        return all().map(KeptRequest::requestId)
                .filter(id -> id != null && requestIds.contains(id))
                .collect(Collectors.toSet());
    }

    /** Reads what is added from now on. */
    public RequestReader<R> reader() {
        return new RequestReader<>(troubled, ordinary, missed);
    }

    /** So many more have ended that were never added. */
    public void missed(long count) {
        missed.addAndGet(count);
        listeners.forEach(Runnable::run);
    }

    /** Tells the listener of each record that is added from now on; run the answer to stop. */
    public Runnable listen(Runnable listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    private Stream<R> all() {
        return Stream.concat(troubled.newest().stream(), ordinary.newest().stream());
    }
}
