package io.signalbox.mesh.trace;

import io.signalbox.mesh.model.InvalidValueException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The most recent spans, in a ring of fixed size.
 *
 * <p>Safe to use from any thread; adding takes no lock. A reader may miss a span that is being added at that moment.
 */
public final class SpanLog {

    private final AtomicReferenceArray<Span> ring;
    private final AtomicLong added = new AtomicLong();

    public SpanLog(int capacity) {
        InvalidValueException.unless(capacity >= 1, "capacity", capacity, ">= 1");
        ring = new AtomicReferenceArray<>(capacity);
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
