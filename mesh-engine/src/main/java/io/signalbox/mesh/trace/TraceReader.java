package io.signalbox.mesh.trace;

import io.signalbox.mesh.model.Headers;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads trace fields leniently: what is malformed counts as absent. */
final class TraceReader {

    static final String TRACEPARENT = "traceparent";
    static final String TRACESTATE = "tracestate";
    static final String B3 = "b3";
    static final String B3_TRACE_ID = "X-B3-TraceId";
    static final String B3_SPAN_ID = "X-B3-SpanId";
    static final String B3_PARENT_SPAN_ID = "X-B3-ParentSpanId";
    static final String B3_SAMPLED = "X-B3-Sampled";
    static final String B3_FLAGS = "X-B3-Flags";

    private static final int TRACEPARENT_LENGTH = 55;

    private TraceReader() {}

    static @Nullable TraceContext read(Headers headers) {
        TraceContext w3c = traceparent(headers);
        TraceContext b3 = b3Single(headers.first(B3));
        if (b3 == null) {
            b3 = b3Multi(headers);
        }
        return w3c == null ? b3 : refined(w3c, b3);
    }

    /** A B3 decision that may stand without ids. */
    static Sampling decision(Headers headers) {
        String single = headers.first(B3);
        Sampling decided = single == null ? Sampling.UNDECIDED : decision(single);
        return decided == Sampling.UNDECIDED ? b3MultiDecision(headers) : decided;
    }

    /** What B3 says about the very same span is finer than W3C's one bit: undecided and debug survive. */
    private static TraceContext refined(TraceContext w3c, @Nullable TraceContext b3) {
        if (b3 == null || b3.spanId() != w3c.spanId() || b3.traceIdLow() != w3c.traceIdLow()) {
            return w3c;
        }
        return new TraceContext(
                w3c.traceIdHigh(),
                w3c.traceIdLow(),
                w3c.spanId(),
                b3.parentSpanId(),
                b3.sampling(),
                b3.carrier(),
                w3c.tracestate());
    }

    /** {@code 00-<32 digits>-<16 digits>-<2 digits>}; later versions may go on after another hyphen. */
    private static @Nullable TraceContext traceparent(Headers headers) {
        String text = headers.first(TRACEPARENT);
        if (text == null || !wellFormedTraceparent(text)) {
            return null;
        }
        long high = Hex.parse(text, 3, 19);
        long low = Hex.parse(text, 19, 35);
        long span = Hex.parse(text, 36, 52);
        if ((high | low) == 0 || span == 0) {
            return null;
        }
        Sampling sampling = (Hex.parse(text, 53, 55) & 1) == 1 ? Sampling.KEEP : Sampling.DROP;
        return new TraceContext(high, low, span, 0, sampling, Carrier.SEPARATE_FIELDS, tracestate(headers));
    }

    private static boolean wellFormedTraceparent(String text) {
        int length = text.length();
        if (length < TRACEPARENT_LENGTH || text.startsWith("ff")) {
            return false;
        }
        boolean lengthFits =
                length == TRACEPARENT_LENGTH || (!text.startsWith("00") && text.charAt(TRACEPARENT_LENGTH) == '-');
        return lengthFits
                && Hex.lowerDigits(text, 0, 2)
                && text.charAt(2) == '-'
                && Hex.lowerDigits(text, 3, 35)
                && text.charAt(35) == '-'
                && Hex.lowerDigits(text, 36, 52)
                && text.charAt(52) == '-'
                && Hex.lowerDigits(text, 53, 55);
    }

    private static @Nullable String tracestate(Headers headers) {
        List<String> lists = headers.all(TRACESTATE);
        return switch (lists.size()) {
            case 0 -> null;
            case 1 -> lists.getFirst();
            default -> String.join(",", lists);
        };
    }

    /** {@code trace-span[-decision[-parent]]}. */
    private static @Nullable TraceContext b3Single(@Nullable String text) {
        if (text == null) {
            return null;
        }
        String[] parts = text.split("-", -1);
        if (parts.length < 2 || parts.length > 4) {
            return null;
        }
        Sampling sampling = parts.length > 2 ? decision(parts[2]) : Sampling.UNDECIDED;
        return b3(parts[0], parts[1], parts.length == 4 ? parts[3] : null, sampling, Carrier.B3_SINGLE);
    }

    private static @Nullable TraceContext b3Multi(Headers headers) {
        String trace = headers.first(B3_TRACE_ID);
        String span = trace == null ? null : headers.first(B3_SPAN_ID);
        if (trace == null || span == null) {
            return null;
        }
        return b3(trace, span, headers.first(B3_PARENT_SPAN_ID), b3MultiDecision(headers), Carrier.SEPARATE_FIELDS);
    }

    private static @Nullable TraceContext b3(
            String trace, String span, @Nullable String parent, Sampling sampling, Carrier carrier) {
        int length = trace.length();
        if (length > 32 || !Hex.digits(trace, 0, length)) {
            return null;
        }
        int middle = Math.max(0, length - 16);
        long high = Hex.parse(trace, 0, middle);
        long low = Hex.parse(trace, middle, length);
        long spanId = spanId(span);
        if ((high | low) == 0 || spanId == 0) {
            return null;
        }
        return new TraceContext(high, low, spanId, parent == null ? 0 : spanId(parent), sampling, carrier, null);
    }

    /** The id, or 0 for what is none. */
    private static long spanId(String text) {
        int length = text.length();
        return length <= 16 && Hex.digits(text, 0, length) ? Hex.parse(text, 0, length) : 0;
    }

    private static Sampling b3MultiDecision(Headers headers) {
        if ("1".equals(headers.first(B3_FLAGS))) {
            return Sampling.DEBUG;
        }
        String sampled = headers.first(B3_SAMPLED);
        return sampled == null ? Sampling.UNDECIDED : decision(sampled);
    }

    private static Sampling decision(String text) {
        return switch (text) {
            case "1", "true", "True" -> Sampling.KEEP;
            case "0", "false", "False" -> Sampling.DROP;
            case "d" -> Sampling.DEBUG;
            default -> Sampling.UNDECIDED;
        };
    }
}
