package io.signalbox.mesh.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.mesh.model.ConcurrencyLimit;
import io.signalbox.mesh.time.ManualTime;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConcurrencyLimiterRaceTest {

    private static final int THREADS = 8;
    private static final int CALLS = 20_000;

    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    private final AtomicInteger inside = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private final AtomicLong queued = new AtomicLong();
    private final AtomicLong told = new AtomicLong();
    private final AtomicLong leftUntold = new AtomicLong();
    private final AtomicInteger seeds = new AtomicInteger();

    @AfterEach
    void endThreads() {
        threads.close();
    }

    /** Each queued call counts itself in when it is told, on whichever thread tells it, and leaves on its own. */
    private final class Call {
        private final AtomicInteger state = new AtomicInteger();

        void served() {
            told.incrementAndGet();
            if (state.compareAndSet(0, 1)) {
                most.accumulateAndGet(inside.incrementAndGet(), Math::max);
            }
        }

        void leave(Place place) {
            int was = state.getAndSet(2);
            if (was == 1) {
                inside.decrementAndGet();
            } else {
                leftUntold.incrementAndGet();
            }
            place.leave();
        }
    }

    private record Admitted(Call call, Place place) {

        void leave() {
            call.leave(place);
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "3, 2", "5, 100"})
    void nobodyIsForgottenAndNoPlaceIsGivenTwice(int limit, int queue) throws Exception {
        ConcurrencyLimiter limiter = new ConcurrencyLimiter(
                new ConcurrencyLimit(limit, queue, Duration.ofSeconds(1), Optional.empty()), new ManualTime());
        List<Integer> refused = Crew.together(threads, THREADS, () -> {
            SplittableRandom random = new SplittableRandom(seeds.incrementAndGet());
            Deque<Admitted> mine = new ArrayDeque<>();
            int turnedAway = 0;
            for (int i = 0; i < CALLS; i++) {
                Call call = new Call();
                Place place = limiter.enter(call::served);
                if (place == null) {
                    turnedAway++;
                } else {
                    if (place.queued()) {
                        queued.incrementAndGet();
                    } else {
                        call.served();
                        told.decrementAndGet();
                    }
                    mine.add(new Admitted(call, place));
                }
                while (!mine.isEmpty() && (place == null || random.nextInt(3) == 0)) {
                    (random.nextBoolean() ? mine.removeFirst() : mine.removeLast()).leave();
                    if (random.nextInt(3) == 0) {
                        break;
                    }
                }
            }
            mine.forEach(Admitted::leave);
            return turnedAway;
        });

        assertThat(most.get()).isEqualTo(limit);
        assertThat(inside.get()).isZero();
        assertThat(told.get()).as("each that waited was told, or left before").isLessThanOrEqualTo(queued.get());
        assertThat(told.get()).isGreaterThanOrEqualTo(queued.get() - leftUntold.get());
        assertThat(limiter.view())
                .isEqualTo(new ConcurrencyLimiter.View(
                        limit,
                        0,
                        0,
                        refused.stream().mapToLong(Integer::longValue).sum()));
    }
}
