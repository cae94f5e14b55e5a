package io.signalbox.mesh.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.mesh.model.BreakerState;
import io.signalbox.mesh.model.CircuitBreakerConfig;
import io.signalbox.mesh.time.ManualTime;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CircuitBreakerRaceTest {

    private static final int THREADS = 8;
    private static final Duration OPEN_TIME = Duration.ofSeconds(1);

    private final ManualTime time = new ManualTime();
    private final LongAdder moves = new LongAdder();
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

    @AfterEach
    void endThreads() {
        threads.close();
    }

    @Test
    void simultaneousTrialsNeverExceedTheHalfOpenLimit() throws Exception {
        for (int round = 0; round < 300; round++) {
            CircuitBreaker breaker = dueForTrial(3, 3);
            List<Integer> admitted = together(() -> {
                int mine = 0;
                for (int i = 0; i < 20; i++) {
                    mine += breaker.tryAcquire() != null ? 1 : 0;
                }
                return mine;
            });

            assertThat(admitted.stream().mapToInt(Integer::intValue).sum()).isEqualTo(3);
            assertThat(breaker.view().refused()).isEqualTo(THREADS * 20 - 3);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void placesGivenBackAreNeverGivenTwice(int limit) throws Exception {
        CircuitBreaker breaker = dueForTrial(limit, limit);
        AtomicInteger inside = new AtomicInteger();
        List<Integer> most = together(() -> {
            int highest = 0;
            Deque<Permit> mine = new ArrayDeque<>();
            for (int i = 0; i < 10_000; i++) {
                Permit permit = breaker.tryAcquire();
                if (permit != null) {
                    highest = Math.max(highest, inside.incrementAndGet());
                    mine.add(permit);
                }
                while (permit == null && !mine.isEmpty()) {
                    inside.decrementAndGet();
                    mine.remove().ignore();
                }
            }
            inside.addAndGet(-mine.size());
            mine.forEach(Permit::ignore);
            return highest;
        });

        assertThat(Collections.max(most)).isBetween(1, limit);
        assertThat(breaker.view().trialsAdmitted()).isZero();
        assertThat(breaker.state()).isEqualTo(BreakerState.HALF_OPEN);
    }

    @Test
    @DisplayName("check-then-record races: no failure is lost, and the circuit opens exactly once")
    void noFailureIsLostWhenManyAreRecordedAtOnce() throws Exception {
        int each = 5_000;
        int last = THREADS * each;
        CircuitBreaker breaker = breaker(new CircuitBreakerConfig(last + 1, 1, OPEN_TIME, 1));
        List<Integer> failed = together(() -> {
            for (int i = 0; i < each; i++) {
                Objects.requireNonNull(breaker.tryAcquire()).failure();
            }
            return each;
        });

        assertThat(failed).hasSize(THREADS);
        assertThat(breaker.view().consecutiveFailures()).isEqualTo(last);
        assertThat(breaker.state()).isEqualTo(BreakerState.CLOSED);
        Objects.requireNonNull(breaker.tryAcquire()).failure();
        assertThat(breaker.state()).isEqualTo(BreakerState.OPEN);
        assertThat(moves.sum()).isEqualTo(1);
    }

    @Test
    void aPermitSettledByManyThreadsCountsOnce() throws Exception {
        int count = 200_000;
        CircuitBreaker breaker = breaker(new CircuitBreakerConfig(THREADS * count, 1, OPEN_TIME, 1));
        List<Permit> permits = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            permits.add(Objects.requireNonNull(breaker.tryAcquire()));
        }
        List<Integer> settled = together(() -> {
            permits.forEach(Permit::failure);
            return count;
        });

        assertThat(settled).hasSize(THREADS);
        assertThat(breaker.view().consecutiveFailures()).isEqualTo(count);
    }

    @Test
    void manyThreadsThatFailTogetherOpenItOnceAndLateOnesDoNotCount() throws Exception {
        for (int round = 0; round < 200; round++) {
            moves.reset();
            CircuitBreaker breaker = breaker(new CircuitBreakerConfig(THREADS / 2, 1, OPEN_TIME, 1));
            List<Permit> permits = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                permits.add(Objects.requireNonNull(breaker.tryAcquire()));
            }
            AtomicInteger next = new AtomicInteger();
            List<Integer> failed = together(() -> {
                permits.get(next.getAndIncrement()).failure();
                return 1;
            });

            assertThat(failed).hasSize(THREADS);
            assertThat(breaker.state()).isEqualTo(BreakerState.OPEN);
            assertThat(moves.sum()).isEqualTo(1);
        }
    }

    private CircuitBreaker dueForTrial(int successThreshold, int halfOpenRequests) {
        CircuitBreaker breaker = breaker(new CircuitBreakerConfig(1, successThreshold, OPEN_TIME, halfOpenRequests));
        Objects.requireNonNull(breaker.tryAcquire()).failure();
        time.advance(OPEN_TIME);
        return breaker;
    }

    private CircuitBreaker breaker(CircuitBreakerConfig config) {
        return new CircuitBreaker(config, time, time, t -> moves.increment());
    }

    private List<Integer> together(Callable<Integer> work) throws Exception {
        return Crew.together(threads, THREADS, work);
    }
}
