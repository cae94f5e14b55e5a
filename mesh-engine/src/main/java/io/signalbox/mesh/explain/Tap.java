package io.signalbox.mesh.explain;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * One reader's place in a {@link DecisionLog}. Nothing is queued for it: who reads too slowly finds records written over,
 * and is told how many. For one thread.
 */
public final class Tap {

    private final DecisionRing troubled;
    private final DecisionRing ordinary;
    private final RequestFilter filter;
    private long troubledNext;
    private long ordinaryNext;

    Tap(DecisionRing troubled, DecisionRing ordinary, RequestFilter filter) {
        this.troubled = troubled;
        this.ordinary = ordinary;
        this.filter = filter;
        this.troubledNext = troubled.end();
        this.ordinaryNext = ordinary.end();
    }

    /** What was added since the last call, in the order in which the requests ended. */
    public Batch next() {
        List<DecisionRecord> records = new ArrayList<>();
        DecisionRing.Progress first = troubled.read(troubledNext, records);
        DecisionRing.Progress second = ordinary.read(ordinaryNext, records);
        troubledNext = first.next();
        ordinaryNext = second.next();
        return new Batch(
                records.stream()
                        .filter(filter::takes)
                        .sorted(Comparator.comparing(DecisionRecord::end))
                        .map(RequestLine::of)
                        .toList(),
                first.dropped() + second.dropped());
    }

    /**
     * What came of one look.
     *
     * @param dropped records that were written over unread, whatever the filter would have said of them
     */
    public record Batch(List<RequestLine> requests, long dropped) {

        public Batch {
            requests = List.copyOf(requests);
        }
    }
}
