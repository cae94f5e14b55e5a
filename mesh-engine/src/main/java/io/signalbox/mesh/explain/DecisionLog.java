package io.signalbox.mesh.explain;

import io.signalbox.mesh.model.InvalidValueException;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The newest decision records of a process, bounded: those of requests that something was the matter with in one ring,
 * those of sampled ones in another, so that neither pushes the other out.
 *
 * <p>Safe to use from any thread; adding takes no lock. Listeners are told on the thread that adds, an event loop, so
 * they must be quick.
 */
public final class DecisionLog {

    static final int MOST_HOPS = 500;

    private final DecisionRing troubled;
    private final DecisionRing ordinary;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    /**
     * @param troubledKept how many records of requests that failed, were slow or were retried
     * @param sampledKept how many of all others
     */
    public DecisionLog(int troubledKept, int sampledKept) {
        InvalidValueException.unless(troubledKept >= 1, "troubledKept", troubledKept, ">= 1");
        InvalidValueException.unless(sampledKept >= 1, "sampledKept", sampledKept, ">= 1");
        troubled = new DecisionRing(troubledKept);
        ordinary = new DecisionRing(sampledKept);
    }

    public void add(DecisionRecord record) {
        (record.kept() == Kept.SAMPLED ? ordinary : troubled).add(record);
        for (Runnable listener : listeners) {
            listener.run();
        }
    }

    /** At most {@code limit} records that the filter takes, those that ended last first. */
    public List<DecisionRecord> newest(RequestFilter filter, int limit) {
        return all().filter(filter::takes)
                .sorted(Comparator.comparing(DecisionRecord::end).reversed())
                .limit(limit)
                .toList();
    }

    /**
     * The hops of the traces in which a request has that id, or whose id it is, by when they began; the newest
     * {@value #MOST_HOPS}, since one id may be sent again and again.
     */
    public List<DecisionRecord> hops(String id) {
        Set<String> traces = all().filter(record -> record.isNamed(id))
                .map(DecisionRecord::traceId)
                .collect(Collectors.toSet());
        return all().filter(record -> traces.contains(record.traceId()))
                .sorted(Comparator.comparing(DecisionRecord::at).reversed())
                .limit(MOST_HOPS)
                .toList()
                .reversed();
    }

    /** Which of those are ids of requests of which there is a record. */
    public Set<String> heldOf(Set<String> requestIds) {
        return all().map(DecisionRecord::requestId)
                .filter(id -> id != null && requestIds.contains(id))
                .collect(Collectors.toSet());
    }

    /** Follows what is added from now on. */
    public Tap tap(RequestFilter filter) {
        return new Tap(troubled, ordinary, filter);
    }

    /** Tells the listener of each record that is added from now on; run the answer to stop. */
    public Runnable listen(Runnable listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    private Stream<DecisionRecord> all() {
        return Stream.concat(troubled.newest().stream(), ordinary.newest().stream());
    }
}
