package io.signalbox.mesh.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class LatencyQuantilesTest {

    private final LatencyQuantiles latency = new LatencyQuantiles();

    @Test
    void anEstimateIsSixPercentTooLongAtMost() {
        SplittableRandom random = new SplittableRandom(11);
        long[] nanos = new long[4_000];
        for (int i = 0; i < nanos.length; i++) {
            nanos[i] = (long) (2_000_000 * Math.exp(2 * random.nextGaussian()));
            latency.record(nanos[i]);
        }
        Arrays.sort(nanos);

        for (double share : new double[] {0.5, 0.9, 0.95, 0.99, 0.999}) {
            long exact = nanos[(int) Math.ceil(share * nanos.length) - 1];
            assertThat(Objects.requireNonNull(latency.quantile(share)).toNanos())
                    .as("p%s", 100 * share)
                    .isBetween(exact, exact + exact / 15 + 1_024);
        }
    }

    @Test
    void nothingIsSaidBeforeEnoughIsKnown() {
        for (int i = 0; i < 39; i++) {
            latency.record(1_000_000);
        }
        assertThat(latency.quantile(0.95)).isNull();
        assertThat(latency.quantile(0.5)).isNotNull();

        latency.record(1_000_000);
        assertThat(latency.quantile(0.95)).isNotNull();
    }

    @Test
    void anEstimateThatIsAskedForAllTheTimeFollows() {
        record(1_000, Duration.ofMillis(5));
        Duration before = latency.quantile(0.5);
        for (int i = 0; i < 10_000; i++) {
            latency.record(80_000_000);
            assertThat(latency.quantile(0.5)).isNotNull();
        }

        assertThat(before).isBetween(Duration.ofMillis(5), Duration.ofMillis(6));
        assertThat(latency.quantile(0.5)).isBetween(Duration.ofMillis(80), Duration.ofMillis(86));
        assertThat(latency.quantile(0.01)).isBetween(Duration.ofMillis(5), Duration.ofMillis(86));
    }

    @Test
    void eachShareHasAnEstimateOfItsOwn() {
        record(900, Duration.ofMillis(5));
        record(100, Duration.ofMillis(80));

        for (int i = 0; i < 3; i++) {
            assertThat(latency.quantile(0.5)).isBetween(Duration.ofMillis(5), Duration.ofMillis(6));
            assertThat(latency.quantile(0.95)).isBetween(Duration.ofMillis(80), Duration.ofMillis(86));
        }
    }

    @Test
    void whatWasIsForgotten() {
        record(4_000, Duration.ofMillis(5));
        record(10_000, Duration.ofMillis(80));

        assertThat(latency.quantile(0.5)).isBetween(Duration.ofMillis(80), Duration.ofMillis(86));
        assertThat(latency.quantile(0.95)).isBetween(Duration.ofMillis(80), Duration.ofMillis(86));
    }

    @Test
    void theEndsOfTheScaleHold() {
        record(50, Duration.ZERO);
        record(50, Duration.ofDays(300));

        assertThat(latency.quantile(0.25)).isLessThanOrEqualTo(Duration.ofNanos(1_024));
        assertThat(latency.quantile(0.75)).isGreaterThan(Duration.ofMinutes(9));
    }

    @Test
    void threadsThatForgetAtOnceLoseNothing() throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (int i = 0; i < 8; i++) {
                threads.execute(() -> record(100_000, Duration.ofMillis(7)));
            }
        }

        assertThat(latency.quantile(0.95)).isBetween(Duration.ofMillis(7), Duration.ofMillis(8));
    }

    private void record(int answers, Duration each) {
        for (int i = 0; i < answers; i++) {
            latency.record(each.toNanos());
        }
    }
}
