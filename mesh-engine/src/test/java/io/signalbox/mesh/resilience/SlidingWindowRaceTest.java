package io.signalbox.mesh.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.mesh.model.BreakerState;
import io.signalbox.mesh.model.BreakerWindow;
import io.signalbox.mesh.model.BreakerWindow.Extent;
import io.signalbox.mesh.model.CircuitBreakerConfig;
import io.signalbox.mesh.model.CircuitReason;
import io.signalbox.mesh.model.WindowCounts;
import io.signalbox.mesh.time.ManualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Breakers with a window under eight threads. */
class SlidingWindowRaceTest {

    private static final int THREADS = 8;
    private static final Duration OPEN_TIME = Duration.ofSeconds(1);

    private final ManualTime time = new ManualTime();
    private final List<Transition> moves = Collections.synchronizedList(new ArrayList<>());
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

    @AfterEach
    void endThreads() {
        threads.close();
    }

    @Test
    void noOutcomeIsLostWhenManyAreEnteredAtOnce() throws Exception {
        int each = 1_000;
        CircuitBreaker breaker = breaker(window(new Extent.Time(Duration.ofSeconds(5)), THREADS * each + 1), 1);
        together(() -> {
            for (int i = 0; i < each; i++) {
                Permit permit = Objects.requireNonNull(breaker.tryAcquire());
                if (i % 2 == 0) {
                    permit.failure();
                } else {
                    permit.success();
                }
            }
            return 0;
        });

        assertThat(breaker.view().window()).contains(new WindowCounts(THREADS * each, THREADS * each / 2, 0));
        Objects.requireNonNull(breaker.tryAcquire()).failure();
        assertThat(breaker.state()).as("the very next call crosses").isEqualTo(BreakerState.OPEN);
    }

    @Test
    void theCallThatCrossesOpensItOnceWhoeverMakesIt() throws Exception {
        for (int round = 0; round < 500; round++) {
            moves.clear();
            CircuitBreaker breaker = breaker(window(new Extent.Calls(THREADS), THREADS), 1);
            List<Permit> permits = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                permits.add(Objects.requireNonNull(breaker.tryAcquire()));
            }
            AtomicInteger next = new AtomicInteger();
            together(() -> {
                int mine = next.getAndIncrement();
                if (mine % 2 == 0) {
                    permits.get(mine).failure();
                } else {
                    permits.get(mine).success();
                }
                return mine;
            });

            WindowCounts counts = new WindowCounts(THREADS, THREADS / 2, 0);
            assertThat(moves)
                    .containsExactly(new Transition(
                            BreakerState.CLOSED,
                            BreakerState.OPEN,
                            new CircuitReason.FailureRate(counts, 0.5),
                            time.instant(),
                            1));
            assertThat(breaker.lastOpening().orElseThrow().calls()).hasSize(THREADS);
        }
    }

    /** Callers, an operator that changes thresholds, and time that passes, all at once. */
    @Test
    void theHalfOpenLimitHoldsAndEveryMoveFollowsThePreviousOne() throws Exception {
        int limit = 3;
        CircuitBreaker breaker = breaker(window(new Extent.Calls(8), 4), limit);
        AtomicInteger seed = new AtomicInteger(7);
        List<Integer> most = together(() -> {
            SplittableRandom random = new SplittableRandom(seed.getAndIncrement());
            int highest = 0;
            for (int i = 0; i < 20_000; i++) {
                Permit permit = breaker.tryAcquire();
                BreakerView view = breaker.view();
                highest = Math.max(highest, view.trialsAdmitted());
                switch (random.nextInt(12)) {
                    case 0 -> time.advance(Duration.ofMillis(400));
                    case 1 -> breaker.configure(config(window(new Extent.Calls(8 + random.nextInt(2)), 4), limit));
                    default -> {}
                }
                if (permit != null && random.nextInt(10) < 7) {
                    permit.failure();
                } else if (permit != null && random.nextBoolean()) {
                    permit.success();
                } else if (permit != null) {
                    permit.ignore();
                }
            }
            return highest;
        });

        assertThat(Collections.max(most)).isBetween(1, limit);
        List<Transition> inOrder = moves.stream()
                .sorted((a, b) -> Long.compare(a.sequence(), b.sequence()))
                .toList();
        assertThat(inOrder).hasSizeGreaterThan(100);
        BreakerState at = BreakerState.CLOSED;
        for (int i = 0; i < inOrder.size(); i++) {
            assertThat(inOrder.get(i).from()).isEqualTo(at);
            assertThat(inOrder.get(i).sequence()).as("none is lost").isEqualTo(i + 1L);
            at = inOrder.get(i).to();
        }
        assertThat(breaker.state()).isEqualTo(at);
    }

    private static BreakerWindow window(Extent extent, int minimum) {
        return new BreakerWindow(extent, minimum, 0.5, Optional.empty());
    }

    private static CircuitBreakerConfig config(BreakerWindow window, int trials) {
        return new CircuitBreakerConfig(5, trials, OPEN_TIME, trials).withWindow(window);
    }

    private CircuitBreaker breaker(BreakerWindow window, int trials) {
        return new CircuitBreaker(config(window, trials), time, time, moves::add);
    }

    private List<Integer> together(Callable<Integer> work) throws Exception {
        return Crew.together(threads, THREADS, work);
    }
}
