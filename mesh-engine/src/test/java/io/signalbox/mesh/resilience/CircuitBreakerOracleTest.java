package io.signalbox.mesh.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.mesh.model.BreakerState;
import io.signalbox.mesh.model.CircuitBreakerConfig;
import io.signalbox.mesh.time.ManualTime;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The breaker against Resilience4j where both mean the same: a count-based window as long as the threshold with a
 * failure rate of 100 % is "failures in a row", and a single trial decides alone whatever the thresholds.
 *
 * <p>Calls are made one after another, because Resilience4j counts calls from before a move in the new state. Times
 * never fall exactly on the end of the open time, where it still refuses.
 */
class CircuitBreakerOracleTest {

    private static final int STEPS = 5_000;

    private final ManualTime time = new ManualTime();

    @ParameterizedTest
    @CsvSource(textBlock = """
        # seed, failures in a row that open
        11, 1
        12, 2
        13, 3
        14, 5
        """)
    void behavesAsResilience4jDoes(long seed, int threshold) {
        Duration openTime = Duration.ofMillis(50).plusNanos(1);
        CircuitBreaker ours =
                new CircuitBreaker(new CircuitBreakerConfig(threshold, 1, openTime, 1), time, time, t -> {});
        io.github.resilience4j.circuitbreaker.CircuitBreaker theirs = resilience4j(threshold, openTime);
        SplittableRandom random = new SplittableRandom(seed);
        int opened = 0;
        for (int step = 0; step < STEPS; step++) {
            BreakerState before = ours.state();
            time.advance(Duration.ofMillis(random.nextInt(30)));
            call(random, ours, theirs, step);
            assertThat(ours.state()).as("step %d", step).isEqualTo(Oracle.ourNameOf(theirs.getState()));
            opened += before != BreakerState.OPEN && ours.state() == BreakerState.OPEN ? 1 : 0;
        }

        assertThat(opened).isGreaterThan(100);
    }

    private static void call(
            SplittableRandom random,
            CircuitBreaker ours,
            io.github.resilience4j.circuitbreaker.CircuitBreaker theirs,
            int step) {
        Permit permit = ours.tryAcquire();
        assertThat(permit != null).as("admitted at step %d", step).isEqualTo(theirs.tryAcquirePermission());
        if (permit == null) {
            return;
        }
        int dice = random.nextInt(10);
        if (dice < 7) {
            permit.failure();
            theirs.onError(1, TimeUnit.MILLISECONDS, new IllegalStateException("planted"));
        } else if (dice < 9) {
            permit.success();
            theirs.onSuccess(1, TimeUnit.MILLISECONDS);
        } else {
            permit.ignore();
            theirs.releasePermission();
        }
    }

    private io.github.resilience4j.circuitbreaker.CircuitBreaker resilience4j(int threshold, Duration openTime) {
        return io.github.resilience4j.circuitbreaker.CircuitBreaker.of(
                "oracle",
                io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.custom()
                        .slidingWindow(
                                threshold,
                                threshold,
                                io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType
                                        .COUNT_BASED)
                        .failureRateThreshold(100)
                        .slowCallRateThreshold(100)
                        .permittedNumberOfCallsInHalfOpenState(1)
                        .waitDurationInOpenState(openTime)
                        .clock(Oracle.clock(time))
                        .build());
    }
}
