package io.signalbox.mesh.explain;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One reader's place in a {@link RequestLog}. Nothing is queued for it: who reads too slowly finds requests written over,
 * and is told how many. For one thread.
 */
public final class RequestReader<R extends KeptRequest> {

    private final DecisionRing<R> troubled;
    private final DecisionRing<R> ordinary;
    private final AtomicLong missed;
    private long troubledNext;
    private long ordinaryNext;
    private long missedBefore;

    RequestReader(DecisionRing<R> troubled, DecisionRing<R> ordinary, AtomicLong missed) {
        this.troubled = troubled;
        this.ordinary = ordinary;
        this.missed = missed;
        this.troubledNext = troubled.end();
        this.ordinaryNext = ordinary.end();
        this.missedBefore = missed.get();
    }

    /** What was added since the last call, in the order in which the requests ended. */
    public Batch<R> next() {
        List<R> records = new ArrayList<>();
        DecisionRing.Progress first = troubled.read(troubledNext, records);
        DecisionRing.Progress second = ordinary.read(ordinaryNext, records);
        troubledNext = first.next();
        ordinaryNext = second.next();
        long missedNow = missed.get();
        long untold = missedNow - missedBefore;
        missedBefore = missedNow;
        records.sort(Comparator.comparing(KeptRequest::end));
        return new Batch<>(records, first.dropped() + second.dropped(), untold);
    }

    /**
     * What came of one look.
     *
     * @param dropped how many were written over unread
     * @param untold how many more were never told
     */
    public record Batch<R extends KeptRequest>(List<R> requests, long dropped, long untold) {

        public Batch {
            requests = List.copyOf(requests);
        }
    }
}
