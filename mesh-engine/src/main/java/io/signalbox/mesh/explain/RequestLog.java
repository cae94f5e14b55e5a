package io.signalbox.mesh.explain;

import io.signalbox.mesh.hash.StableHash;
import io.signalbox.mesh.model.InvalidValueException;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The newest requests that are kept, bounded: those that something was the matter with in one ring, sampled ones in
 * another, so that neither pushes the other out. Of sampled ones that are written over, those of one trace in
 * {@value #ONE_TRACE_IN} are held longer, in a ring of their own.
 *
 * <p>Safe to use from any thread; adding takes no lock. Listeners are told on the thread that adds, so they must be
 * quick.
 */
public class RequestLog<R extends KeptRequest> {

    private static final int CHOOSING_BITS = 7;

    /** Of so many traces that were sampled one is held longer: which, its id says. */
    public static final int ONE_TRACE_IN = 1 << CHOOSING_BITS;

    static final int MOST_HOPS = 500;

    /** Of the places for sampled requests, one in so many is for those that are held longer; none of a small log. */
    private static final int LONGER_SHARE = 4;

    private static final int SMALL = 256;

    private final DecisionRing<R> troubled;
    private final DecisionRing<R> ordinary;
    private final Optional<DecisionRing<R>> longer;
    private final AtomicLong missed = new AtomicLong();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    /**
     * @param troubledKept how many records of requests that failed, were slow or were retried
     * @param sampledKept how many of all others; a quarter of them are held longer, if there are 256 or more
     */
    public RequestLog(int troubledKept, int sampledKept) {
        InvalidValueException.unless(troubledKept >= 1, "troubledKept", troubledKept, ">= 1");
        InvalidValueException.unless(sampledKept >= 1, "sampledKept", sampledKept, ">= 1");
        troubled = new DecisionRing<>(troubledKept);
        int heldLonger = sampledKept < SMALL ? 0 : sampledKept / LONGER_SHARE;
        ordinary = new DecisionRing<>(sampledKept - heldLonger);
        longer = heldLonger == 0 ? Optional.empty() : Optional.of(new DecisionRing<>(heldLonger));
    }

    /** Whether a sampled request is of one of the traces that are held longer. */
    public static boolean isHeldLonger(KeptRequest request) {
        return isHeldLonger(request.traceBits());
    }

    /** The same of a trace with that lower half of its id, whatever share of traces is sampled. */
    public static boolean isHeldLonger(long traceBits) {
        // another hash than the sampler's, which leaves ids of one kind alone the more it leaves out
        return StableHash.mix(traceBits) >>> (Long.SIZE - CHOOSING_BITS) == 0;
    }

    public void add(R record) {
        if (record.kept() != Kept.SAMPLED) {
            troubled.add(record);
        } else {
            ordinary.add(record);
            if (longer.isPresent() && isHeldLonger(record)) {
                longer.get().add(record);
            }
        }
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
        return oldest(Stream.of(troubled, ordinary));
    }

    /** Since when the same is so but for sampled requests of traces that are not {@link #isHeldLonger(KeptRequest)}. */
    public Optional<Instant> thinnedSince() {
        return wholeSince()
                .flatMap(whole -> oldest(Stream.of(troubled, longer.orElse(ordinary)))
                        .map(thinned -> thinned.isBefore(whole) ? thinned : whole));
    }

    private Optional<Instant> oldest(Stream<DecisionRing<R>> rings) {
        return rings.flatMap(ring -> ring.oldestIfFull().stream())
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
        // read before the others are: what is written over meanwhile is then in one of both
        List<R> older = longer.map(DecisionRing::newest).orElse(List.of());
        List<R> newest = ordinary.newest();
        Set<R> there = Collections.newSetFromMap(new IdentityHashMap<>());
        if (!older.isEmpty()) {
            there.addAll(newest);
        }
        return Stream.of(
                        troubled.newest().stream(),
                        newest.stream(),
                        older.stream().filter(record -> !there.contains(record)))
                .flatMap(records -> records);
    }
}
