package io.signalbox.mesh.trace;

import io.signalbox.mesh.model.InvalidValueException;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One timed piece of work of one service within a trace.
 *
 * @param traceId 32 lower-case hexadecimal digits; {@code spanId} and {@code parentId} 16
 * @param service who reports the span
 * @param peer the other end, by service name; empty when unknown
 * @param name what was asked for, such as {@code GET /items}
 * @param status the HTTP status; 0 when there was no answer
 */
public record Span(
        String traceId,
        String spanId,
        @Nullable String parentId,
        String service,
        String peer,
        Kind kind,
        String name,
        Instant start,
        long durationNanos,
        int status) {

    public Span {
        InvalidValueException.unless(durationNanos >= 0, "durationNanos", durationNanos, ">= 0");
        InvalidValueException.unless(status >= 0 && status <= 999, "status", status, "0..999");
    }

    /** The span at this position of the trace. */
    public static Span at(
            TraceContext position,
            Kind kind,
            String service,
            String peer,
            String name,
            Instant start,
            long durationNanos,
            int status) {
        return new Span(
                position.traceIdHex(),
                position.spanIdHex(),
                position.parentSpanIdHex(),
                service,
                peer,
                kind,
                name,
                start,
                durationNanos,
                status);
    }

    /** The same under another name. */
    public Span withName(String other) {
        return new Span(traceId, spanId, parentId, service, peer, kind, other, start, durationNanos, status);
    }

    /** Which end of a call a span describes. */
    public enum Kind {
        CLIENT,
        SERVER;

        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
