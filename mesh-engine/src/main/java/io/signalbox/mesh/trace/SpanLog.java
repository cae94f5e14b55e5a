package io.signalbox.mesh.trace;

import io.signalbox.mesh.model.InvalidValueException;
import io.signalbox.mesh.time.Ticker;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The most recent spans, in a ring of fixed size. Where spans are many it holds a share of the traces; those that failed
 * do not compete with the others.
 *
 * <p>Safe to use from any thread; adding takes no lock. A reader may miss a span that is being added at that moment.
 */
public final class SpanLog {

    private static final int SERVER_ERROR = 500;

    private record Slot(long index, Span span) {}

    private final AtomicReferenceArray<@Nullable Slot> ring;
    private final AtomicLong added = new AtomicLong();
    private final Ticker ticker;
    private final TraceSampler ordinary;
    private final TraceSampler failed;

    public SpanLog(int capacity, Ticker ticker) {
        this(capacity, TraceSampler.MOST, ticker);
    }

    /** @param mostPerSecond about how many spans of traces that went well are recorded, and as many of others */
    public SpanLog(int capacity, int mostPerSecond, Ticker ticker) {
        InvalidValueException.unless(capacity >= 1, "capacity", capacity, ">= 1");
        this.ticker = ticker;
        ring = new AtomicReferenceArray<>(capacity);
        ordinary = new TraceSampler(ticker.nanos(), mostPerSecond);
        failed = new TraceSampler(ticker.nanos(), mostPerSecond);
    }

    /** Whether a span of that trace is to be added; asking counts as adding it. */
    public boolean wants(TraceContext trace, int status) {
        if (!trace.recorded()) {
            return false;
        }
        TraceSampler sampler = status == 0 || status >= SERVER_ERROR ? failed : ordinary;
        return sampler.keeps(trace.traceIdLow(), ticker.nanos()) || trace.sampling() == Sampling.DEBUG;
    }

    public void add(Span span) {
        long index = added.getAndIncrement();
        ring.set(slot(index), new Slot(index, span));
    }

    /** At most {@code limit} spans, the last added first. */
    public List<Span> recent(int limit) {
        List<Span> spans = new ArrayList<>();
        long newest = added.get() - 1;
        long oldest = Math.max(0, newest - ring.length() + 1);
        for (long i = newest; i >= oldest && spans.size() < limit; i--) {
            Slot slot = ring.get(slot(i));
            if (slot != null) {
                spans.add(slot.span());
            }
        }
        return List.copyOf(spans);
    }

    /** The spans of one trace that are still held, by start. */
    public List<Span> trace(String traceId) {
        return recent(ring.length()).stream()
                .filter(span -> span.traceId().equals(traceId))
                .sorted(Comparator.comparing(Span::start))
                .toList();
    }

    /** Reads what is added from now on. */
    public Reader reader() {
        return new Reader();
    }

    /** One reader's place: who reads too slowly finds spans written over. For one thread. */
    public final class Reader {

        private long next = added.get();

        private Reader() {}

        /** What was added since the last call, in order, and how many more there were. */
        public Batch next() {
            List<Span> spans = new ArrayList<>();
            long oldest = Math.max(next, added.get() - ring.length());
            long dropped = oldest - next;
            next = oldest;
            for (Slot slot = ring.get(slot(next)); slot != null && slot.index() >= next; slot = ring.get(slot(next))) {
                if (slot.index() == next) {
                    spans.add(slot.span());
                } else {
                    dropped++;
                }
                next++;
            }
            return new Batch(spans, dropped);
        }
    }

    /**
     * What came of one look.
     *
     * @param dropped how many were written over unread
     */
    public record Batch(List<Span> spans, long dropped) {

        public Batch {
            spans = List.copyOf(spans);
        }
    }

    private int slot(long index) {
        return (int) (index % ring.length());
    }
}
