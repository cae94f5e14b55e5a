package io.signalbox.mesh.explain;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * One reader's place in the logs of a mesh. Nothing is queued for it: who reads too slowly finds requests written over,
 * and is told how many. For one thread.
 */
public final class Tap {

    private final RequestFilter filter;
    private final List<? extends RequestReader<?>> readers;

    private Tap(RequestFilter filter, List<? extends RequestReader<?>> readers) {
        this.filter = filter;
        this.readers = readers;
    }

    /** Follows what is added to these from now on. */
    public static Tap of(RequestFilter filter, List<? extends RequestLog<?>> logs) {
        return new Tap(filter, logs.stream().map(RequestLog::reader).toList());
    }

    /** What was added since the last call, in the order in which the requests ended. */
    public Batch next() {
        List<KeptRequest> records = new ArrayList<>();
        long dropped = 0;
        long untold = 0;
        for (RequestReader<?> reader : readers) {
            RequestReader.Batch<?> batch = reader.next();
            records.addAll(batch.requests());
            dropped += batch.dropped();
            untold += batch.untold();
        }
        return new Batch(
                records.stream()
                        .sorted(Comparator.comparing(KeptRequest::end))
                        .map(KeptRequest::line)
                        .filter(filter::takes)
                        .toList(),
                dropped,
                untold);
    }

    /**
     * What came of one look.
     *
     * @param dropped requests that were written over unread, whatever the filter would have said of them
     * @param untold requests that sidecars never told of
     */
    public record Batch(List<RequestLine> requests, long dropped, long untold) {

        public Batch {
            requests = List.copyOf(requests);
        }
    }
}
