package io.signalbox.mesh.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SpanLogTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final RandomGenerator random = new Random(7);
    private long nanos;

    @Test
    void theLastAddedComesFirstAndTheOldestFallOut() {
        SpanLog log = new SpanLog(3, () -> nanos);
        for (int i = 0; i < 5; i++) {
            log.add(span("t", i));
        }

        assertThat(log.recent(10)).extracting(Span::durationNanos).containsExactly(4L, 3L, 2L);
        assertThat(log.recent(2)).extracting(Span::durationNanos).containsExactly(4L, 3L);
        assertThat(log.recent(0)).isEmpty();
    }

    @Test
    void aTraceIsGivenByStart() {
        SpanLog log = new SpanLog(10, () -> nanos);
        log.add(span("t", 2));
        log.add(span("other", 3));
        log.add(span("t", 1));

        assertThat(log.trace("t")).extracting(Span::durationNanos).containsExactly(1L, 2L);
        assertThat(log.trace("none")).isEmpty();
    }

    @Test
    void concurrentWritersLoseNothingWhileThereIsRoom() throws InterruptedException {
        SpanLog log = new SpanLog(4_000, () -> nanos);
        List<Thread> writers = new ArrayList<>();
        for (int writer = 0; writer < 4; writer++) {
            int first = writer * 1_000;
            writers.add(Thread.ofVirtual().start(() -> {
                for (int i = first; i < first + 1_000; i++) {
                    log.add(span("t", i));
                }
            }));
        }
        for (Thread writer : writers) {
            writer.join();
        }

        assertThat(log.recent(5_000))
                .extracting(Span::durationNanos)
                .doesNotHaveDuplicates()
                .hasSize(4_000);
    }

    @Test
    void fewTracesAreAllWanted() {
        SpanLog log = new SpanLog(10, () -> nanos);

        assertThat(wanted(log, 50, 200)).isEqualTo(50);
    }

    @Test
    void ofManyTracesAShareIsWanted() {
        SpanLog log = new SpanLog(10, () -> nanos);
        int first = wanted(log, 100_000, 200);
        nanos += 1_000_000_000;

        assertThat(first).isBetween(257, 3_000);
        assertThat(wanted(log, 100_000, 200)).isBetween(64, 600);
    }

    @Test
    void whoFailsDoesNotCompeteWithTheMany() {
        SpanLog log = new SpanLog(10, () -> nanos);
        wanted(log, 100_000, 200);

        assertThat(wanted(log, 50, 503)).isEqualTo(50);
        assertThat(wanted(log, 50, 0)).isEqualTo(50);
    }

    @Test
    void onceTracesAreFewAgainAllAreWanted() {
        SpanLog log = new SpanLog(10, () -> nanos);
        wanted(log, 100_000, 200);
        nanos += 30_000_000_000L;
        wanted(log, 1, 200);

        assertThat(wanted(log, 50, 200)).isEqualTo(50);
    }

    @Test
    void allSpansOfATraceAreWantedOrNone() {
        SpanLog log = new SpanLog(10, () -> nanos);
        wanted(log, 100_000, 200);
        nanos += 1_000_000_000;

        for (int i = 0; i < 100; i++) {
            TraceContext trace = TraceContext.extract(new FakeHeaders(), random);
            assertThat(log.wants(trace.child(random), 200)).isEqualTo(log.wants(trace.child(random), 200));
        }
    }

    @Test
    void aTraceThatSomebodyDecidedAgainstIsNotWantedAndOneToDebugAlways() {
        SpanLog log = new SpanLog(10, () -> nanos);
        FakeHeaders against = new FakeHeaders();
        against.set("b3", "0");
        FakeHeaders debug = new FakeHeaders();
        debug.set("b3", "d");
        wanted(log, 100_000, 200);

        assertThat(log.wants(TraceContext.extract(against, random), 500)).isFalse();
        assertThat(IntStream.range(0, 50).allMatch(_ -> log.wants(TraceContext.extract(debug, random), 200)))
                .isTrue();
    }

    private int wanted(SpanLog log, int traces, int status) {
        int wanted = 0;
        for (int i = 0; i < traces; i++) {
            wanted += log.wants(TraceContext.extract(new FakeHeaders(), random), status) ? 1 : 0;
        }
        return wanted;
    }

    private static Span span(String traceId, int n) {
        return new Span(
                traceId, "s" + n, null, "cart", "pricing", Span.Kind.CLIENT, "GET /", START.plusNanos(n), n, 200);
    }
}
