package io.signalbox.mesh.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SpanLogTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void theLastAddedComesFirstAndTheOldestFallOut() {
        SpanLog log = new SpanLog(3);
        for (int i = 0; i < 5; i++) {
            log.add(span("t", i));
        }

        assertThat(log.recent(10)).extracting(Span::durationNanos).containsExactly(4L, 3L, 2L);
        assertThat(log.recent(2)).extracting(Span::durationNanos).containsExactly(4L, 3L);
        assertThat(log.recent(0)).isEmpty();
    }

    @Test
    void aTraceIsGivenByStart() {
        SpanLog log = new SpanLog(10);
        log.add(span("t", 2));
        log.add(span("other", 3));
        log.add(span("t", 1));

        assertThat(log.trace("t")).extracting(Span::durationNanos).containsExactly(1L, 2L);
        assertThat(log.trace("none")).isEmpty();
    }

    @Test
    void concurrentWritersLoseNothingWhileThereIsRoom() throws InterruptedException {
        SpanLog log = new SpanLog(4_000);
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

    private static Span span(String traceId, int n) {
        return new Span(
                traceId, "s" + n, null, "cart", "pricing", Span.Kind.CLIENT, "GET /", START.plusNanos(n), n, 200);
    }
}
