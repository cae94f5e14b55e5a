package io.signalbox.mesh.explain;

import io.signalbox.mesh.trace.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One trace in a line.
 *
 * @param name what its first span asked for; {@code service} who reported that span
 * @param durationNanos from the first span's start to the last end
 * @param spans how many are held
 * @param status the highest of its spans
 */
public record TraceLine(
        String traceId, Instant at, String service, String name, long durationNanos, int spans, int status) {

    /** At most {@code limit} traces of those spans, the youngest first. */
    public static List<TraceLine> of(List<Span> spans, int limit) {
        Map<String, List<Span>> traces = new LinkedHashMap<>();
        spans.forEach(span ->
                traces.computeIfAbsent(span.traceId(), _ -> new ArrayList<>()).add(span));
        return traces.values().stream()
                .map(TraceLine::of)
                .sorted(Comparator.comparing(TraceLine::at).reversed())
                .limit(limit)
                .toList();
    }

    private static TraceLine of(List<Span> trace) {
        List<Span> ordered =
                trace.stream().sorted(Comparator.comparing(Span::start)).toList();
        Span first = ordered.getFirst();
        Instant end = first.start();
        int status = 0;
        for (Span span : ordered) {
            Instant spanEnd = span.start().plusNanos(span.durationNanos());
            end = spanEnd.isAfter(end) ? spanEnd : end;
            status = Math.max(status, span.status());
        }
        return new TraceLine(
                first.traceId(),
                first.start(),
                first.service(),
                first.name(),
                Duration.between(first.start(), end).toNanos(),
                ordered.size(),
                status);
    }
}
