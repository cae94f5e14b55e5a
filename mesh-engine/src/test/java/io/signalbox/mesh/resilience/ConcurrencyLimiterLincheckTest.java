package io.signalbox.mesh.resilience;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.mesh.model.ConcurrencyLimit;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.jetbrains.lincheck.datastructures.ThreadIdGen;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Lincheck compares every outcome of a few calls side by side with those that some order of them one by one gives. */
@Tag("lincheck")
class ConcurrencyLimiterLincheckTest {

    private static final int LIMIT = 1;
    private static final int QUEUE = 1;
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
                .check(Door.class);
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
                .check(Door.class);
    }

    @Test
    void aDoorThatLooksFirstAndCountsAfterwardsIsFoundOut() {
        assertThatThrownBy(() -> new ModelCheckingOptions()
                        .iterations(10)
                        .invocationsPerIteration(300)
                        .threads(2)
                        .actorsPerThread(2)
                        .actorsBefore(0)
                        .actorsAfter(0)
                        .minimizeFailedScenario(false)
                        .sequentialSpecification(OneByOne.class)
                        .check(OpenDoor.class))
                .hasMessageContaining("Invalid execution results");
    }

    /** What a limit must not be: the count may have changed since it was looked at. */
    public static final class OpenDoor {
        private final AtomicInteger inside = new AtomicInteger();

        @Operation
        public boolean tryEnter(@Param(gen = ThreadIdGen.class) int thread) {
            if (inside.get() >= LIMIT) {
                return false;
            }
            inside.incrementAndGet();
            return true;
        }
    }

    /** Each thread leaves the place first that it has had longest. */
    public static final class Door {
        private final ConcurrencyLimiter limiter = new ConcurrencyLimiter(
                new ConcurrencyLimit(LIMIT, QUEUE, Duration.ofSeconds(1), Optional.empty()), () -> 0);
        private final List<Deque<Place>> places = Stream.<Deque<Place>>generate(ArrayDeque::new)
                .limit(MOST_THREADS)
                .toList();

        @Operation
        public String enter(@Param(gen = ThreadIdGen.class) int thread) {
            Place place = limiter.enter(() -> {});
            if (place == null) {
                return "refused";
            }
            places.get(thread).add(place);
            return place.queued() ? "queued" : "in";
        }

        @Operation
        public boolean tryEnter(@Param(gen = ThreadIdGen.class) int thread) {
            Place place = limiter.tryEnter();
            return place != null && places.get(thread).add(place);
        }

        @Operation
        public boolean leave(@Param(gen = ThreadIdGen.class) int thread) {
            Place place = places.get(thread).poll();
            if (place != null) {
                place.leave();
            }
            return place != null;
        }

        @Operation
        public String view() {
            ConcurrencyLimiter.View view = limiter.view();
            return view.inFlight() + " in, " + view.waiting() + " waiting";
        }
    }

    /** The same for one thread at a time, with lists. */
    public static final class OneByOne {
        private final List<Object> held = new ArrayList<>();
        private final List<Object> line = new ArrayList<>();
        private final List<Deque<Object>> places = Stream.<Deque<Object>>generate(ArrayDeque::new)
                .limit(MOST_THREADS)
                .toList();

        public String enter(int thread) {
            boolean free = line.isEmpty() && held.size() < LIMIT;
            if (!free && line.size() == QUEUE) {
                return "refused";
            }
            Object place = new Object();
            places.get(thread).add(place);
            (free ? held : line).add(place);
            return free ? "in" : "queued";
        }

        public boolean tryEnter(int thread) {
            return line.isEmpty() && held.size() < LIMIT && enter(thread).equals("in");
        }

        public boolean leave(int thread) {
            Object place = places.get(thread).poll();
            if (place == null) {
                return false;
            }
            if (!held.remove(place)) {
                line.remove(place);
            } else if (!line.isEmpty()) {
                held.add(line.removeFirst());
            }
            return true;
        }

        public String view() {
            return held.size() + " in, " + line.size() + " waiting";
        }
    }
}
