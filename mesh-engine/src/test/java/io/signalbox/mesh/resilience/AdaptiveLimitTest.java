package io.signalbox.mesh.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.mesh.model.ConcurrencyLimit.Adaptive;
import io.signalbox.mesh.time.ManualTime;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class AdaptiveLimitTest {

    private static final long BASE_NANOS = 10_000_000;

    private final ManualTime time = new ManualTime();

    @Test
    void itGrowsWhileAnswersTakeAsLongAsUsual() {
        AdaptiveLimit limit = limit(10, 20, 1_000);

        run(limit, 50, 1_000_000);

        assertThat(limit.limit()).isGreaterThan(60);
    }

    @Test
    void itNeverLeavesItsBounds() {
        AdaptiveLimit limit = limit(10, 20, 40);
        run(limit, 200, 1_000_000);
        assertThat(limit.limit()).isEqualTo(40);

        for (int i = 0; i < 1_000; i++) {
            limit.overloaded(limit.limit());
            time.advance(Duration.ofMillis(50));
        }
        assertThat(limit.limit()).isEqualTo(10);
    }

    @Test
    void itSettlesWhereTheServiceBeginsToQueueAndNotAtItsMost() {
        AdaptiveLimit limit = limit(10, 20, 1_000);

        run(limit, 100, 50);

        assertThat(limit.limit()).isBetween(50, 120);
    }

    @Test
    void itFallsSoonAfterTheServiceSlowsDownAndComesBack() {
        AdaptiveLimit limit = limit(10, 20, 1_000);
        run(limit, 100, 50);
        int before = limit.limit();

        run(limit, 20, 5);
        assertThat(limit.limit()).isLessThan(before / 2);
        run(limit, 150, 50);
        assertThat(limit.limit()).isGreaterThanOrEqualTo(50);
    }

    @Test
    void itStaysWhileLessThanHalfOfItIsUsed() {
        AdaptiveLimit limit = limit(10, 20, 1_000);
        for (int window = 0; window < 50; window++) {
            time.advance(Duration.ofMillis(AdaptiveLimit.WINDOW_MILLIS));
            for (int i = 0; i < AdaptiveLimit.LEAST_SAMPLES; i++) {
                limit.answered(BASE_NANOS, 9);
            }
        }

        assertThat(limit.limit()).isEqualTo(20);
    }

    @Test
    void aWindowWithAnOverloadTakesATenthAway() {
        AdaptiveLimit limit = limit(1, 100, 1_000);
        for (int i = 0; i < AdaptiveLimit.LEAST_SAMPLES; i++) {
            limit.answered(BASE_NANOS, 100);
        }
        time.advance(Duration.ofMillis(AdaptiveLimit.WINDOW_MILLIS));
        assertThat(limit.limit()).isEqualTo(100);

        limit.overloaded(100);

        assertThat(limit.limit()).isEqualTo(90);
    }

    @Test
    void fewAnswersDoNotMoveIt() {
        AdaptiveLimit limit = limit(10, 20, 1_000);
        for (int i = 1; i < AdaptiveLimit.LEAST_SAMPLES; i++) {
            time.advance(Duration.ofSeconds(1));
            limit.answered(BASE_NANOS, 20);
        }

        assertThat(limit.limit()).isEqualTo(20);
    }

    @Test
    void ofManyThreadsNoAnswerIsLost() throws Exception {
        AdaptiveLimit limit = limit(1, 100, 1_000);
        int each = 5_000;
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            // The clock stands, so all of it is one window, which the one after it ends.
            Crew.together(threads, 8, () -> {
                for (int i = 0; i < each; i++) {
                    limit.answered(i % 2 == 0 ? BASE_NANOS : 3 * BASE_NANOS, 100);
                }
                return 0;
            });
        }

        assertThat(limit.answersInWindow()).isEqualTo(8 * each);
    }

    /** So many windows, fully used, of a service that needs longer once more than its capacity are under way. */
    private void run(AdaptiveLimit limit, int windows, int capacity) {
        for (int window = 0; window < windows; window++) {
            time.advance(Duration.ofMillis(AdaptiveLimit.WINDOW_MILLIS));
            int inFlight = limit.limit();
            long nanos = Math.round(BASE_NANOS * Math.max(1, (double) inFlight / capacity));
            for (int i = 0; i < AdaptiveLimit.LEAST_SAMPLES; i++) {
                limit.answered(nanos, inFlight);
            }
        }
    }

    private AdaptiveLimit limit(int min, int initial, int max) {
        return new AdaptiveLimit(new Adaptive(min, initial, 1.5), max, time);
    }
}
