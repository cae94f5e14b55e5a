package io.signalbox.mesh.explain;

import io.signalbox.mesh.model.RateLimit;
import io.signalbox.mesh.resilience.TokenBucket;
import io.signalbox.mesh.time.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One reader's place in the logs of a mesh. Nothing is queued for it: who reads too slowly finds requests written over,
 * and is told how many; so is who would be shown more than {@value #MOST_A_SECOND} a second. For one thread.
 */
public final class Tap {

    /** More than anybody reads. Twice as many may come at once. */
    public static final int MOST_A_SECOND = 1_000;

    private static final RateLimit BUDGET = new RateLimit(MOST_A_SECOND, Duration.ofSeconds(1), 2 * MOST_A_SECOND);

    private static final Comparator<RequestLine> TROUBLED_FIRST =
            Comparator.comparing(line -> line.kept() == Kept.SAMPLED);

    private final RequestFilter filter;
    private final List<? extends RequestReader<?>> readers;
    private final TokenBucket budget;

    private Tap(RequestFilter filter, List<? extends RequestReader<?>> readers, TokenBucket budget) {
        this.filter = filter;
        this.readers = readers;
        this.budget = budget;
    }

    /** Follows what is added to these from now on. */
    public static Tap of(RequestFilter filter, List<? extends RequestLog<?>> logs, Ticker ticker) {
        return new Tap(filter, logs.stream().map(RequestLog::reader).toList(), new TokenBucket(BUDGET, ticker));
    }

    /**
     * What was added since the last call, in the order in which the requests ended. Where that is more than may be shown,
     * sampled ones are left out before others, and older ones before newer.
     */
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
        List<RequestLine> wanted = records.stream()
                .sorted(Comparator.comparing(KeptRequest::end))
                .map(KeptRequest::line)
                .filter(filter::takes)
                .toList();
        List<RequestLine> shown = affordable(wanted);
        return new Batch(shown, dropped, untold, wanted.size() - shown.size());
    }

    private List<RequestLine> affordable(List<RequestLine> wanted) {
        BitSet shown = new BitSet(wanted.size());
        IntStream.range(0, wanted.size())
                .boxed()
                .sorted(Comparator.<Integer, RequestLine>comparing(wanted::get, TROUBLED_FIRST)
                        .thenComparing(Comparator.reverseOrder()))
                .takeWhile(_ -> budget.tryTake() == 0)
                .forEach(shown::set);
        return shown.stream().mapToObj(wanted::get).toList();
    }

    /**
     * What came of one look.
     *
     * @param dropped requests that were written over unread, whatever the filter would have said of them
     * @param untold requests that sidecars never told of
     * @param leftOut requests that the filter takes, beyond what is shown in that time
     */
    public record Batch(List<RequestLine> requests, long dropped, long untold, long leftOut) {

        public Batch {
            requests = List.copyOf(requests);
        }
    }
}
