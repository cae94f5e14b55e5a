package io.signalbox.mesh.trace;

import io.signalbox.mesh.model.InvalidValueException;
import io.signalbox.mesh.time.Ticker;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The most recent spans, in a ring of fixed size. Where spans are many it holds a share of the traces; those that failed
 * do not compete with the others.
 *
 * <p>Safe to use from any thread; adding takes no lock. A reader may miss a span that is being added at that moment.
 */
public final class SpanLog {

    private static final int SERVER_ERROR = 500;

    private final AtomicReferenceArray<Span> ring;
    private final AtomicLong added = new AtomicLong();
    private final Ticker ticker;
    private final TraceSampler ordinary;
    private final TraceSampler failed;

    public SpanLog(int capacity, Ticker ticker) {
        InvalidValueException.unless(capacity >= 1, "capacity", capacity, ">= 1");
        this.ticker = ticker;
        ring = new AtomicReferenceArray<>(capacity);
        ordinary = new TraceSampler(ticker.nanos());
        failed = new TraceSampler(ticker.nanos());
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
        ring.set(slot(added.getAndIncrement()), span);
    }

    /** At most {@code limit} spans, the last added first. */
    public List<Span> recent(int limit) {
        List<Span> spans = new ArrayList<>();
        long newest = added.get() - 1;
        long oldest = Math.max(0, newest - ring.length() + 1);
        for (long i = newest; i >= oldest && spans.size() < limit; i--) {
            Span span = ring.get(slot(i));
            if (span != null) {
                spans.add(span);
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

    private int slot(long index) {
        return (int) (index % ring.length());
    }
}
