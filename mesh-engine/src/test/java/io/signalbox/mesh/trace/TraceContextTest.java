package io.signalbox.mesh.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TraceContextTest {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String SPAN = "00f067aa0ba902b7";

    private final RandomGenerator random = new SplittableRandom(7);

    @Test
    void aNewTraceHasARootSpanWithoutAParent() {
        TraceContext span = TraceContext.extract(FakeHeaders.of(), random).child(random);
        FakeHeaders onward = injected(span);

        assertThat(onward.first("X-B3-TraceId")).hasSize(32).isEqualTo(span.traceIdHex());
        assertThat(onward.first("X-B3-ParentSpanId")).isNull();
        assertThat(onward.first("X-B3-Sampled")).isEqualTo("1");
        assertThat(onward.first("traceparent")).isEqualTo("00-" + span.traceIdHex() + "-" + span.spanIdHex() + "-01");
        assertThat(onward.first("b3")).isNull();
        assertThat(span.child(random).parentSpanIdHex()).isEqualTo(span.spanIdHex());
    }

    @Test
    void everyHopStaysInTheSameTraceUnderTheHopBefore() {
        FakeHeaders headers = FakeHeaders.of("traceparent", "00-" + TRACE + "-" + SPAN + "-01");
        String parent = SPAN;
        for (int hop = 0; hop < 5; hop++) {
            TraceContext span = TraceContext.extract(headers, random).child(random);
            assertThat(span.traceIdHex()).isEqualTo(TRACE);
            assertThat(span.parentSpanIdHex()).isEqualTo(parent);
            span.inject(headers);
            assertThat(headers.first("X-B3-ParentSpanId")).isEqualTo(parent);
            parent = span.spanIdHex();
        }
    }

    @Test
    void w3cGoesBeforeB3() {
        TraceContext context = TraceContext.extract(
                FakeHeaders.of(
                        "traceparent", "00-" + TRACE + "-" + SPAN + "-01",
                        "b3", "463ac35c9f6413ad48485a3953bb6124-a2fb4a1d1a96d312-1",
                        "X-B3-TraceId", "463ac35c9f6413ad48485a3953bb6124",
                        "X-B3-SpanId", "a2fb4a1d1a96d312"),
                random);

        assertThat(context.traceIdHex()).isEqualTo(TRACE);
        assertThat(context.spanIdHex()).isEqualTo(SPAN);
    }

    @Test
    void aMalformedTraceparentLeavesTheWordToB3() {
        TraceContext context =
                TraceContext.extract(FakeHeaders.of("traceparent", "00-nonsense", "b3", TRACE + "-" + SPAN), random);

        assertThat(context.traceIdHex()).isEqualTo(TRACE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7",
                "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
                "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more",
                "cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01.more",
                "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "00_4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e473é-00f067aa0ba902b7-01"
            })
    void aMalformedTraceparentBeginsANewTraceAndDropsItsState(String traceparent) {
        FakeHeaders headers = FakeHeaders.of("traceparent", traceparent, "tracestate", "vendor=1");
        TraceContext span = TraceContext.extract(headers, random).child(random);
        span.inject(headers);

        assertThat(span.traceIdHex()).isNotEqualToIgnoringCase(TRACE).isNotEqualTo("0".repeat(32));
        assertThat(headers.first("traceparent")).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-01");
        assertThat(headers.first("tracestate")).isNull();
    }

    @Test
    void aLaterVersionOfTraceparentIsReadAsFarAsKnown() {
        TraceContext context =
                TraceContext.extract(FakeHeaders.of("traceparent", "cc-" + TRACE + "-" + SPAN + "-01-more"), random);

        assertThat(context.traceIdHex()).isEqualTo(TRACE);
    }

    @Test
    void tracestateIsPassedOnInOrder() {
        FakeHeaders headers = FakeHeaders.of(
                "traceparent", "00-" + TRACE + "-" + SPAN + "-01", "tracestate", "a=1,b=2", "tracestate", "c=3");
        TraceContext.extract(headers, random).child(random).inject(headers);

        assertThat(headers.all("tracestate")).containsExactly("a=1,b=2,c=3");
    }

    @Test
    void a64BitB3TraceStays64BitsWideInB3AndIsPaddedForW3c() {
        FakeHeaders headers = FakeHeaders.of("X-B3-TraceId", "463ac35c9f6413ad", "X-B3-SpanId", "a2fb4a1d1a96d312");
        TraceContext.extract(headers, random).child(random).inject(headers);

        assertThat(headers.first("X-B3-TraceId")).isEqualTo("463ac35c9f6413ad");
        assertThat(headers.first("X-B3-ParentSpanId")).isEqualTo("a2fb4a1d1a96d312");
        assertThat(headers.first("traceparent")).startsWith("00-0000000000000000463ac35c9f6413ad-");

        TraceContext.extract(headers, random).child(random).inject(headers);
        assertThat(headers.first("X-B3-TraceId")).isEqualTo("463ac35c9f6413ad");
    }

    @Test
    void aSingleB3FieldIsAnsweredWithASingleB3Field() {
        FakeHeaders headers = FakeHeaders.of("b3", TRACE + "-" + SPAN + "-1-05e3ac9a4f6e3b90");
        TraceContext span = TraceContext.extract(headers, random).child(random);
        span.inject(headers);

        assertThat(headers.first("b3")).isEqualTo(TRACE + "-" + span.spanIdHex() + "-1-" + SPAN);
        assertThat(headers.first("X-B3-TraceId")).isEqualTo(TRACE);
    }

    @Test
    void b3IdsInCapitalsAreUnderstood() {
        TraceContext context = TraceContext.extract(
                FakeHeaders.of("x-b3-traceid", "463AC35C9F6413AD", "x-b3-spanid", "A2FB4A1D1A96D312"), random);

        assertThat(context.spanIdHex()).isEqualTo("a2fb4a1d1a96d312");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        # trace, span
        0, a2fb4a1d1a96d312
        463ac35c9f6413ad, 0000000000000000
        463ac35c9f6413ad, xyz
        463ac35c9f6413ad, a2fb4a1d1a96d3121
        463ac35c9f6413ad48485a3953bb61240, a2fb4a1d1a96d312
        '', a2fb4a1d1a96d312
        """)
    void malformedB3BeginsANewTrace(String trace, String span) {
        TraceContext multi = TraceContext.extract(FakeHeaders.of("X-B3-TraceId", trace, "X-B3-SpanId", span), random);
        TraceContext single = TraceContext.extract(FakeHeaders.of("b3", trace + "-" + span), random);

        assertThat(multi.carrier()).isEqualTo(Carrier.NOTHING);
        assertThat(single.carrier()).isEqualTo(Carrier.NOTHING);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        # name,       value, sampled, flags, traceparent's flags
        X-B3-Sampled, 1,     1,       ,      01
        X-B3-Sampled, true,  1,       ,      01
        X-B3-Sampled, 0,     0,       ,      00
        X-B3-Flags,   1,     1,       1,     01
        X-Other,      1,     ,        ,      00
        """)
    void theSamplingDecisionOfB3SurvivesTwoHops(
            String name, String value, String sampled, String flags, String traceFlags) {
        FakeHeaders headers = FakeHeaders.of("X-B3-TraceId", TRACE, "X-B3-SpanId", SPAN, name, value);
        for (int hop = 0; hop < 2; hop++) {
            TraceContext.extract(headers, random).child(random).inject(headers);
            assertThat(headers.first("X-B3-Sampled")).isEqualTo(sampled);
            assertThat(headers.first("X-B3-Flags")).isEqualTo(flags);
            assertThat(headers.first("traceparent")).endsWith("-" + traceFlags);
        }
    }

    @ParameterizedTest
    @CsvSource({"b3,0", "X-B3-Sampled,0"})
    void aDecisionWithoutIdsIsHonouredByTheNewTrace(String name, String value) {
        TraceContext context = TraceContext.extract(FakeHeaders.of(name, value), random);

        assertThat(context.recorded()).isFalse();
        assertThat(injected(context.child(random)).first("X-B3-Sampled")).isEqualTo("0");
    }

    @Test
    void anUnsampledTraceparentIsNotRecorded() {
        TraceContext context =
                TraceContext.extract(FakeHeaders.of("traceparent", "00-" + TRACE + "-" + SPAN + "-00"), random);

        assertThat(context.recorded()).isFalse();
    }

    @Test
    void noIdIsEverAllZero() {
        long[] draws = {0, 0, 5, 0, 6, 7, 0, 8};
        int[] next = {0};
        RandomGenerator zeros = () -> draws[next[0]++];

        TraceContext span = TraceContext.extract(FakeHeaders.of(), zeros).child(zeros);

        assertThat(span.traceIdHex()).isEqualTo("00000000000000050000000000000006");
        assertThat(span.spanIdHex()).isEqualTo("0000000000000008");
    }

    @Test
    void randomFieldsNeverFailAndAlwaysGiveWellFormedOnes() {
        SplittableRandom chars = new SplittableRandom(11);
        String alphabet = "0123456789abcdefABCDEFxyz-, é";
        String[] names = {"traceparent", "tracestate", "b3", "X-B3-TraceId", "X-B3-SpanId", "X-B3-ParentSpanId"};
        for (int i = 0; i < 20_000; i++) {
            FakeHeaders headers = FakeHeaders.of();
            for (String name : names) {
                if (chars.nextBoolean()) {
                    StringBuilder value = new StringBuilder();
                    int length = chars.nextInt(60);
                    for (int j = 0; j < length; j++) {
                        value.append(alphabet.charAt(chars.nextInt(chars.nextBoolean() ? 16 : alphabet.length())));
                    }
                    headers.set(name, value.toString());
                }
            }
            TraceContext.extract(headers, random).child(random).inject(headers);
            assertThat(headers.first("traceparent")).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]");
            assertThat(headers.first("X-B3-TraceId")).matches("([0-9a-f]{16}){1,2}");
        }
    }

    private static FakeHeaders injected(TraceContext context) {
        FakeHeaders headers = FakeHeaders.of();
        context.inject(headers);
        return headers;
    }
}
