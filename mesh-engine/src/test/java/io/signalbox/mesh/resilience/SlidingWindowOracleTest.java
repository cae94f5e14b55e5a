package io.signalbox.mesh.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.signalbox.mesh.model.BreakerScope;
import io.signalbox.mesh.model.BreakerState;
import io.signalbox.mesh.model.BreakerWindow;
import io.signalbox.mesh.model.BreakerWindow.Extent;
import io.signalbox.mesh.model.BreakerWindow.SlowCalls;
import io.signalbox.mesh.model.CircuitBreakerConfig;
import io.signalbox.mesh.model.WindowCounts;
import io.signalbox.mesh.time.ManualTime;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The sliding window against Resilience4j's: the same calls, and after each the same state and the same counts.
 *
 * <p>One trial decides alone, because Resilience4j judges trials by their rate and this mesh by the first failure.
 */
class SlidingWindowOracleTest {

    private static final int CALLS = 10_000;
    private static final Duration SLOW = Duration.ofMillis(100);
    private static final Duration OPEN = Duration.ofMillis(900).plusNanos(1);

    private final ManualTime time = new ManualTime();

    @ParameterizedTest
    @CsvSource(textBlock = """
        # seed, type, size, minimum calls, failure rate, slow call rate
        41, count,   1,  1, 1.0,  1.0
        42, count,  10,  5, 0.5,  0.8
        43, count, 100, 20, 0.3,  0.3
        44, count,   7,  7, 0.25, 1.0
        45, time,    1,  3, 0.5,  0.5
        46, time,    5, 10, 0.4,  0.7
        47, time,   60, 50, 0.35, 0.35
        """)
    void countsAndMovesAsResilience4jDoes(
            long seed, String type, int size, int minimum, double failureRate, double slowRate) {
        Extent extent = type.equals("count") ? new Extent.Calls(size) : new Extent.Time(Duration.ofSeconds(size));
        BreakerWindow window =
                new BreakerWindow(extent, minimum, failureRate, Optional.of(new SlowCalls(slowRate, SLOW)));
        CircuitBreaker ours = new CircuitBreaker(
                new CircuitBreakerConfig(5, 1, OPEN, 1, Optional.of(window), BreakerScope.ENDPOINT),
                time,
                time,
                t -> {});
        io.github.resilience4j.circuitbreaker.CircuitBreaker theirs = resilience4j(window, type, size);
        SplittableRandom random = new SplittableRandom(seed);
        Set<BreakerState> seen = EnumSet.noneOf(BreakerState.class);
        int opened = 0;
        for (int call = 0; call < CALLS; call++) {
            // Rough and calm times take turns, so that it opens, recovers and stays closed for a while.
            int failuresInTen = call / 500 % 2 == 0 ? 1 : 6;
            time.advance(Duration.ofMillis(random.nextInt(40)));
            BreakerState before = ours.state();
            call(random, failuresInTen, ours, theirs, call);
            assertThat(ours.state()).as("call %d", call).isEqualTo(Oracle.ourNameOf(theirs.getState()));
            seen.add(ours.state());
            opened += before != BreakerState.OPEN && ours.state() == BreakerState.OPEN ? 1 : 0;
            compareCounts(ours, theirs, call);
        }

        assertThat(seen).contains(BreakerState.CLOSED, BreakerState.OPEN);
        assertThat(opened).as("once in each rough time").isGreaterThanOrEqualTo(CALLS / 1000);
    }

    private static void compareCounts(
            CircuitBreaker ours, io.github.resilience4j.circuitbreaker.CircuitBreaker theirs, int call) {
        Optional<WindowCounts> counts = ours.view().window();
        if (counts.isPresent()) {
            var metrics = theirs.getMetrics();
            assertThat(counts.get())
                    .as("call %d", call)
                    .isEqualTo(new WindowCounts(
                            metrics.getNumberOfBufferedCalls(),
                            metrics.getNumberOfFailedCalls(),
                            metrics.getNumberOfSlowCalls()));
        }
    }

    private void call(
            SplittableRandom random,
            int failuresInTen,
            CircuitBreaker ours,
            io.github.resilience4j.circuitbreaker.CircuitBreaker theirs,
            int call) {
        Permit permit = ours.tryAcquire();
        assertThat(permit != null).as("admitted at call %d", call).isEqualTo(theirs.tryAcquirePermission());
        if (permit == null) {
            return;
        }
        int dice = random.nextInt(100);
        if (dice < 4) {
            permit.ignore();
            theirs.releasePermission();
            return;
        }
        boolean slow = random.nextInt(10) < failuresInTen;
        long took = slow ? 101 + random.nextInt(50) : random.nextInt(101);
        time.advance(Duration.ofMillis(took));
        if (random.nextInt(10) < failuresInTen) {
            permit.failure();
            theirs.onError(took, TimeUnit.MILLISECONDS, new IllegalStateException("planted"));
        } else {
            permit.success();
            theirs.onSuccess(took, TimeUnit.MILLISECONDS);
        }
    }

    private io.github.resilience4j.circuitbreaker.CircuitBreaker resilience4j(
            BreakerWindow window, String type, int size) {
        return io.github.resilience4j.circuitbreaker.CircuitBreaker.of(
                "oracle",
                io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.custom()
                        .slidingWindow(
                                size,
                                window.minimumCalls(),
                                type.equals("count") ? SlidingWindowType.COUNT_BASED : SlidingWindowType.TIME_BASED)
                        .failureRateThreshold((float) (window.failureRate() * 100))
                        .slowCallRateThreshold(
                                (float) (window.slow().orElseThrow().rate() * 100))
                        .slowCallDurationThreshold(SLOW)
                        .permittedNumberOfCallsInHalfOpenState(1)
                        .waitDurationInOpenState(OPEN)
                        .clock(Oracle.clock(time))
                        .build());
    }
}
