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
 * and is told how many; so is who would be shown more than {@value #MOST_A_SECOND} a second, once a second. For one thread.
 */
public final class Tap {

    /** More than anybody reads. Twice as many may come at once. */
    public static final int MOST_A_SECOND = 1_000;

    /** Of what may come at once, so much is never spent on sampled requests: trouble that comes late is shown as well. */
    static final int KEPT_FOR_TROUBLE = MOST_A_SECOND / 2;

    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private static final RateLimit BUDGET = new RateLimit(MOST_A_SECOND, Duration.ofSeconds(1), 2 * MOST_A_SECOND);

    private static final Comparator<RequestLine> TROUBLED_FIRST = Comparator.comparing(Tap::isSampled);

    private final RequestFilter filter;
    private final List<? extends RequestReader<?>> readers;
    private final TokenBucket budget;
    private final Ticker ticker;
    private long leftOut;
    private long leavingOutSince;

    private Tap(RequestFilter filter, List<? extends RequestReader<?>> readers, Ticker ticker) {
        this.filter = filter;
        this.readers = readers;
        this.budget = new TokenBucket(BUDGET, ticker);
        this.ticker = ticker;
    }

    /** Follows what is added to these from now on. */
    public static Tap of(RequestFilter filter, List<? extends RequestLog<?>> logs, Ticker ticker) {
        return new Tap(filter, logs.stream().map(RequestLog::reader).toList(), ticker);
    }

    /**
     * What was added since the last call, in the order in which the requests ended. Where that is more than may be shown,
     * sampled ones are left out before others, and older ones before newer; how many is told a second after the first.
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
        return new Batch(shown, dropped, untold, leftOut(wanted.size() - shown.size()));
    }

    /** Whether something was left out that is still to be told: look again, though nothing may have been added. */
    public boolean owes() {
        return leftOut > 0;
    }

    private long leftOut(int more) {
        long now = ticker.nanos();
        if (leftOut == 0) {
            leavingOutSince = now;
        }
        leftOut += more;
        if (now - leavingOutSince < SECOND) {
            return 0;
        }
        long told = leftOut;
        leftOut = 0;
        return told;
    }

    private static boolean isSampled(RequestLine line) {
        return line.kept() == Kept.SAMPLED;
    }

    private List<RequestLine> affordable(List<RequestLine> wanted) {
        BitSet shown = new BitSet(wanted.size());
        IntStream.range(0, wanted.size())
                .boxed()
                .sorted(Comparator.<Integer, RequestLine>comparing(wanted::get, TROUBLED_FIRST)
                        .thenComparing(Comparator.reverseOrder()))
                .takeWhile(i -> budget.tryTakeLeaving(isSampled(wanted.get(i)) ? KEPT_FOR_TROUBLE : 0) == 0)
                .forEach(shown::set);
        return shown.stream().mapToObj(wanted::get).toList();
    }

    /**
     * What came of one look.
     *
     * @param dropped requests that were written over unread, whatever the filter would have said of them
     * @param untold requests that sidecars never told of
     * @param leftOut requests that the filter takes, beyond what was shown since the last number; 0 until a second is over
     */
    public record Batch(List<RequestLine> requests, long dropped, long untold, long leftOut) {

        public Batch {
            requests = List.copyOf(requests);
        }
    }
}
