package io.signalbox.mesh.explain;

import io.signalbox.mesh.trace.Span;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Puts the hops of traces into the order of the calls: each below the one that brought it about.
 *
 * <p>Which one that is the spans say: a hop's parent is the span of the sidecar before its application, whose parent is
 * the hop that called there; of what was refused on its arrival the caller's hop itself. Where that span is not held
 * any more, it is the latest hop to the same instance that was under way at the time.
 */
public final class CallOrder {

    private static final int NONE = -1;

    private final List<KeptRequest> records;
    private final Map<String, String> parentOfSpan = new HashMap<>();
    private final Map<String, Integer> bySpan = new HashMap<>();
    private final IdentityHashMap<KeptRequest, Set<String>> called = new IdentityHashMap<>();

    private CallOrder(List<? extends KeptRequest> records, List<Span> spans) {
        this.records = records.stream()
                .<KeptRequest>map(record -> record)
                .sorted(Comparator.comparing(KeptRequest::at))
                .toList();
        for (int i = 0; i < this.records.size(); i++) {
            bySpan.put(this.records.get(i).spanId(), i);
        }
        for (Span span : spans) {
            String parent = span.parentId();
            if (span.kind() == Span.Kind.SERVER && parent != null) {
                parentOfSpan.put(span.spanId(), parent);
            }
        }
    }

    /** @param spans those of the same traces that are held */
    public static List<ExplainedRequest> explain(List<? extends KeptRequest> records, List<Span> spans) {
        return new CallOrder(records, spans).ordered();
    }

    private List<ExplainedRequest> ordered() {
        List<List<Integer>> below = new ArrayList<>();
        List<Integer> first = new ArrayList<>();
        for (int i = 0; i < records.size(); i++) {
            below.add(new ArrayList<>());
            int parent = parentOf(i);
            (parent == NONE ? first : below.get(parent)).add(i);
        }
        List<ExplainedRequest> hops = new ArrayList<>();
        add(first, 0, below, hops);
        return List.copyOf(hops);
    }

    private void add(List<Integer> siblings, int depth, List<List<Integer>> below, List<ExplainedRequest> hops) {
        for (int hop : siblings) {
            hops.add(records.get(hop).explain(depth));
            add(below.get(hop), depth + 1, below, hops);
        }
    }

    /** A parent always began earlier, so that no ids, whoever sent them, can make a circle. */
    private int parentOf(int hop) {
        String received = records.get(hop).parentSpanId();
        boolean arrived = records.get(hop).arrived();
        String caller = received == null || arrived ? received : parentOfSpan.get(received);
        int bySpans = caller == null ? NONE : bySpan.getOrDefault(caller, NONE);
        if (bySpans != NONE && bySpans < hop) {
            return bySpans;
        }
        for (int earlier = hop - 1; earlier >= 0; earlier--) {
            if (covers(records.get(earlier), records.get(hop))) {
                return earlier;
            }
        }
        return NONE;
    }

    private boolean covers(KeptRequest call, KeptRequest inner) {
        return call.traceId().equals(inner.traceId())
                && !call.end().isBefore(inner.at())
                && called.computeIfAbsent(call, KeptRequest::called).contains(inner.sourceInstance());
    }
}
