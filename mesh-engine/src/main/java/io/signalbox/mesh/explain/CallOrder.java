package io.signalbox.mesh.explain;

import io.signalbox.mesh.trace.Span;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Puts the hops of traces into the order of the calls: each below the one that brought it about.
 *
 * <p>Which one that is the spans say: a hop's parent is the span of the sidecar before its application, whose parent is
 * the hop that called there. Where that span is not held any more, it is the latest hop to the same instance that was
 * under way at the time.
 */
public final class CallOrder {

    private final List<DecisionRecord> records;
    private final Map<Long, DecisionRecord> bySpan = new HashMap<>();
    private final Map<String, String> parentOfSpan = new HashMap<>();

    private CallOrder(List<DecisionRecord> records, List<Span> spans) {
        this.records = records.stream()
                .sorted(Comparator.comparing(DecisionRecord::at))
                .toList();
        records.forEach(record -> bySpan.put(record.trace().spanId(), record));
        for (Span span : spans) {
            String parent = span.parentId();
            if (span.kind() == Span.Kind.SERVER && parent != null) {
                parentOfSpan.put(span.spanId(), parent);
            }
        }
    }

    /** @param spans those of the same traces that are held */
    public static List<ExplainedRequest> explain(List<DecisionRecord> records, List<Span> spans) {
        List<ExplainedRequest> hops = new ArrayList<>();
        CallOrder order = new CallOrder(records, spans);
        order.below(null, 0, hops);
        return List.copyOf(hops);
    }

    private void below(@Nullable DecisionRecord parent, int depth, List<ExplainedRequest> hops) {
        for (DecisionRecord record : records) {
            if (Objects.equals(parentOf(record), parent)) {
                hops.add(Explainer.explain(record, depth));
                below(record, depth + 1, hops);
            }
        }
    }

    private @Nullable DecisionRecord parentOf(DecisionRecord record) {
        String received = record.trace().parentSpanIdHex();
        String caller = received == null ? null : parentOfSpan.get(received);
        DecisionRecord bySpans = caller == null ? null : bySpan.get(Long.parseUnsignedLong(caller, 16));
        if (bySpans != null && isEarlier(bySpans, record)) {
            return bySpans;
        }
        return records.stream()
                .filter(other -> isEarlier(other, record) && covers(other, record))
                .reduce((_, later) -> later)
                .orElse(null);
    }

    /** Also what keeps the order free of cycles, whatever ids were sent. */
    private boolean isEarlier(DecisionRecord one, DecisionRecord other) {
        return records.indexOf(one) < records.indexOf(other);
    }

    private static boolean covers(DecisionRecord call, DecisionRecord inner) {
        return call.traceId().equals(inner.traceId())
                && !call.end().isBefore(inner.at())
                && call.attempts().stream()
                        .anyMatch(attempt -> attempt.endpoint().instanceId().equals(inner.sourceInstance()));
    }
}
