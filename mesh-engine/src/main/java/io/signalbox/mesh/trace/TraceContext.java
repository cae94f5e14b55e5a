package io.signalbox.mesh.trace;

import io.signalbox.mesh.model.Headers;
import io.signalbox.mesh.model.InvalidValueException;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A position in a distributed trace: which trace, which span, and under which parent.
 *
 * <p>{@link #extract} reads the sender's position, {@link #child} makes the position of a new span under it, and
 * {@link #inject} hands that on. Sources: W3C Trace Context, B3 propagation (openzipkin/b3-propagation).
 *
 * @param traceIdHigh the upper half of the trace id; 0 for a 64-bit B3 id, which stays 64 bits wide in B3 fields and is
 *     padded with zeros in {@code traceparent}
 * @param parentSpanId 0 when the span has no known parent
 * @param tracestate the vendors' list as received, or {@code null}
 */
public record TraceContext(
        long traceIdHigh,
        long traceIdLow,
        long spanId,
        long parentSpanId,
        Sampling sampling,
        Carrier carrier,
        @Nullable String tracestate) {

    public TraceContext {
        InvalidValueException.unless((traceIdHigh | traceIdLow) != 0, "traceId", 0, "not all zero");
        InvalidValueException.unless(spanId != 0, "spanId", 0, "not all zero");
    }

    /**
     * The sender's position: from {@code traceparent}, else {@code b3}, else {@code X-B3-*}, skipping what is malformed.
     *
     * <p>Where none can be read a new trace begins, which honours a B3 sampling decision that came without ids and is
     * otherwise kept.
     */
    public static TraceContext extract(Headers headers, RandomGenerator random) {
        TraceContext received = TraceReader.read(headers);
        if (received != null) {
            return received;
        }
        Sampling decided = TraceReader.decision(headers);
        return new TraceContext(
                newId(random),
                newId(random),
                newId(random),
                0,
                decided == Sampling.UNDECIDED ? Sampling.KEEP : decided,
                Carrier.NOTHING,
                null);
    }

    /** A new span of the same trace; its parent is this span if somebody sent it, else it has none. */
    public TraceContext child(RandomGenerator random) {
        return new TraceContext(
                traceIdHigh,
                traceIdLow,
                newId(random),
                carrier == Carrier.NOTHING ? 0 : spanId,
                sampling,
                carrier == Carrier.NOTHING ? Carrier.SEPARATE_FIELDS : carrier,
                tracestate);
    }

    /** The same position with another list in {@code tracestate}. */
    public TraceContext withTracestate(String list) {
        return new TraceContext(traceIdHigh, traceIdLow, spanId, parentSpanId, sampling, carrier, list);
    }

    /** Writes this position in every form the next hop may read, and removes what the sender's position left over. */
    public void inject(Headers.Mutable headers) {
        String traceparent = Hex.traceparent(traceIdHigh, traceIdLow, spanId, sampling.traceFlags());
        String trace = traceparent.substring(Hex.TRACE_ID, Hex.TRACE_ID + Hex.TRACE_ID_DIGITS);
        String b3Trace = traceIdHigh == 0 ? Hex.of(traceIdLow) : trace;
        String span = traceparent.substring(Hex.SPAN_ID, Hex.SPAN_ID + Hex.ID_DIGITS);
        String parent = parentSpanId == 0 ? "" : Hex.of(parentSpanId);
        headers.set(TraceReader.TRACEPARENT, traceparent);
        setOrRemove(headers, TraceReader.TRACESTATE, tracestate == null ? "" : tracestate);
        headers.set(TraceReader.B3_TRACE_ID, b3Trace);
        headers.set(TraceReader.B3_SPAN_ID, span);
        setOrRemove(headers, TraceReader.B3_PARENT_SPAN_ID, parent);
        setOrRemove(headers, TraceReader.B3_SAMPLED, sampling.b3Sampled());
        setOrRemove(headers, TraceReader.B3_FLAGS, sampling == Sampling.DEBUG ? "1" : "");
        setOrRemove(headers, TraceReader.B3, carrier == Carrier.B3_SINGLE ? b3Single(b3Trace, span, parent) : "");
    }

    /** Whether spans of this trace are to be recorded: yes unless somebody decided against it. */
    public boolean recorded() {
        return sampling != Sampling.DROP;
    }

    /** 32 lower-case hexadecimal digits. */
    public String traceIdHex() {
        return Hex.of(traceIdHigh, traceIdLow);
    }

    /** 16 lower-case hexadecimal digits. */
    public String spanIdHex() {
        return Hex.of(spanId);
    }

    /** 16 lower-case hexadecimal digits, or {@code null} without a parent. */
    public @Nullable String parentSpanIdHex() {
        return parentSpanId == 0 ? null : Hex.of(parentSpanId);
    }

    private String b3Single(String trace, String span, String parent) {
        String decision = sampling.b3Single();
        // A parent may only follow a decision: the fields of b3 are positional.
        if (decision.isEmpty()) {
            return trace + '-' + span;
        }
        return trace + '-' + span + '-' + decision + (parent.isEmpty() ? "" : '-' + parent);
    }

    private static void setOrRemove(Headers.Mutable headers, String name, String value) {
        if (value.isEmpty()) {
            headers.remove(name);
        } else {
            headers.set(name, value);
        }
    }

    private static long newId(RandomGenerator random) {
        long id = random.nextLong();
        while (id == 0) {
            id = random.nextLong();
        }
        return id;
    }
}
