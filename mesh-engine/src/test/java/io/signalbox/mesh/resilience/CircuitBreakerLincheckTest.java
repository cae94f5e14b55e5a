package io.signalbox.mesh.resilience;

import io.signalbox.mesh.model.BreakerState;
import io.signalbox.mesh.model.CircuitBreakerConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.jetbrains.lincheck.datastructures.ThreadIdGen;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Lincheck compares a half-open circuit, asked from several sides at once, with {@link BreakerModel} asked one by one: never
 * more trials than its limit, and no move that nobody is told of.
 */
@Tag("lincheck")
class CircuitBreakerLincheckTest {

    private static final CircuitBreakerConfig CONFIG = new CircuitBreakerConfig(1, 2, Duration.ofSeconds(1), 2);
    private static final int MOST_THREADS = 8;

    @Test
    void everyOrderOfStepsGivesWhatSomeOrderOfCallsGives() {
        new ModelCheckingOptions()
                .iterations(8)
                .invocationsPerIteration(300)
                .threads(3)
                .actorsPerThread(3)
                .actorsBefore(0)
                .actorsAfter(0)
                .sequentialSpecification(OneByOne.class)
                .check(DueForTrial.class);
    }

    @Test
    void underLoadItGivesTheSame() {
        new StressOptions()
                .iterations(10)
                .invocationsPerIteration(1_000)
                .threads(3)
                .actorsPerThread(3)
                .actorsBefore(0)
                .actorsAfter(0)
                .sequentialSpecification(OneByOne.class)
                .check(DueForTrial.class);
    }

    /** A circuit that has been open for its full time; each thread settles the permit first that it has had longest. */
    public static final class DueForTrial {
        private final Queue<Transition> told = new ConcurrentLinkedQueue<>();
        private final CircuitBreaker breaker;
        private final List<Deque<Permit>> permits = Stream.<Deque<Permit>>generate(ArrayDeque::new)
                .limit(MOST_THREADS)
                .toList();

        public DueForTrial() {
            AtomicLong nanos = new AtomicLong();
            breaker = new CircuitBreaker(CONFIG, nanos::get, () -> Instant.EPOCH, told::add);
            Objects.requireNonNull(breaker.tryAcquire()).failure();
            nanos.addAndGet(CONFIG.openDuration().toNanos());
        }

        @Operation
        public boolean tryAcquire(@Param(gen = ThreadIdGen.class) int thread) {
            Permit permit = breaker.tryAcquire();
            return permit != null && permits.get(thread).add(permit);
        }

        @Operation
        public void success(@Param(gen = ThreadIdGen.class) int thread) {
            Permit permit = permits.get(thread).poll();
            if (permit != null) {
                permit.success();
            }
        }

        @Operation
        public void failure(@Param(gen = ThreadIdGen.class) int thread) {
            Permit permit = permits.get(thread).poll();
            if (permit != null) {
                permit.failure();
            }
        }

        @Operation
        public void ignore(@Param(gen = ThreadIdGen.class) int thread) {
            Permit permit = permits.get(thread).poll();
            if (permit != null) {
                permit.ignore();
            }
        }

        @Operation
        public String state() {
            return breaker.state().wireName();
        }

        /** What was told, put in order, leads from closed to where the circuit stands, without a gap. */
        @Validate
        public void everyMoveWasTold() {
            BreakerState at = BreakerState.CLOSED;
            for (Transition move : told.stream()
                    .sorted(Comparator.comparingLong(Transition::sequence))
                    .toList()) {
                if (move.from() != at) {
                    throw new IllegalStateException("from " + at + " to " + move);
                }
                at = move.to();
            }
            if (at != breaker.state()) {
                throw new IllegalStateException("told of " + at + ", and it is " + breaker.state());
            }
        }
    }

    /** The same for one thread at a time. */
    public static final class OneByOne {
        private final BreakerModel model = new BreakerModel(CONFIG);
        private final long now = CONFIG.openDuration().toNanos();
        private final List<Deque<Integer>> permits = Stream.<Deque<Integer>>generate(ArrayDeque::new)
                .limit(MOST_THREADS)
                .toList();

        public OneByOne() {
            boolean admitted = model.acquire(0);
            if (!admitted) {
                throw new IllegalStateException("a closed circuit refuses");
            }
            model.failure(model.era, 0);
        }

        public boolean tryAcquire(int thread) {
            return model.acquire(now) && permits.get(thread).add(model.era);
        }

        public void success(int thread) {
            Integer era = permits.get(thread).poll();
            if (era != null) {
                model.success(era);
            }
        }

        public void failure(int thread) {
            Integer era = permits.get(thread).poll();
            if (era != null) {
                model.failure(era, now);
            }
        }

        public void ignore(int thread) {
            Integer era = permits.get(thread).poll();
            if (era != null) {
                model.ignore(era);
            }
        }

        public String state() {
            return model.state.wireName();
        }
    }
}
