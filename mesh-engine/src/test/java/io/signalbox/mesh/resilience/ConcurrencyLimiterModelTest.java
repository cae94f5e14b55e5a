package io.signalbox.mesh.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.mesh.model.ConcurrencyLimit;
import io.signalbox.mesh.time.ManualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random events at the limiter and at a model that keeps two lists, compared after every one. */
class ConcurrencyLimiterModelTest {

    private static final int STEPS = 300_000;

    private final List<Place> places = new ArrayList<>();
    private final List<Integer> served = new ArrayList<>();
    private final Model model = new Model();
    private ConcurrencyLimit limit = limit(3, 4);
    private final ConcurrencyLimiter limiter = new ConcurrencyLimiter(limit, new ManualTime());
    private int refusals;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void anySequenceOfEventsGivesWhatTheModelGives(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        long waited = 0;
        for (int step = 0; step < STEPS; step++) {
            String event = event(random);
            ConcurrencyLimiter.View view = limiter.view();
            if (!served.equals(model.served)
                    || view.inFlight() != model.held.size()
                    || view.waiting() != model.line.size()
                    || view.refused() != model.refused) {
                assertThat(new Seen(List.copyOf(served), view.inFlight(), view.waiting(), view.refused()))
                        .as("seed %d, step %d: %s", seed, step, event)
                        .isEqualTo(new Seen(model.served, model.held.size(), model.line.size(), model.refused));
            }
            waited += served.size();
            served.clear();
            model.served.clear();
        }

        assertThat(waited).as("many waited and were served").isGreaterThan(STEPS / 50);
        assertThat(refusals).as("many were refused").isGreaterThan(STEPS / 50);
    }

    private record Seen(List<Integer> served, int inFlight, int waiting, long refused) {}

    private String event(SplittableRandom random) {
        int dice = random.nextInt(100);
        if (dice < 45) {
            return enter();
        }
        if (dice < 50) {
            return tryEnter();
        }
        if (dice < 85) {
            return leave(model.held, random, "held");
        }
        if (dice < 98) {
            return leave(model.line, random, "waiting");
        }
        limit = limit(1 + random.nextInt(8), random.nextInt(8));
        limiter.configure(limit);
        model.serve();
        return "configure " + limit;
    }

    private String enter() {
        int number = places.size();
        Place place = limiter.enter(() -> served.add(number));
        boolean free = model.line.isEmpty() && model.held.size() < limit.maxInFlight();
        if (!free && model.line.size() >= limit.queue()) {
            assertThat(place).as("refused").isNull();
            model.refused++;
            refusals++;
            return "refused";
        }
        assertThat(place).as("admitted").isNotNull();
        assertThat(Objects.requireNonNull(place).queued()).as("queued").isEqualTo(!free);
        places.add(place);
        (free ? model.held : model.line).add(number);
        return "enter";
    }

    private String tryEnter() {
        Place place = limiter.tryEnter();
        boolean free = model.line.isEmpty() && model.held.size() < limit.maxInFlight();
        assertThat(place != null).as("had at once").isEqualTo(free);
        if (place != null) {
            model.held.add(places.size());
            places.add(place);
        }
        return "try to enter";
    }

    private String leave(List<Integer> from, SplittableRandom random, String how) {
        if (from.isEmpty()) {
            return "nobody is " + how;
        }
        int index = random.nextInt(from.size());
        int number = from.get(index);
        from.subList(index, index + 1).clear();
        Place place = places.get(number);
        assertThat(place.isHeld()).isEqualTo(how.equals("held"));
        place.leave();
        place.leave();
        model.serve();
        return how + " leaves";
    }

    /** Who is under way and who waits, and nothing clever. */
    private final class Model {
        private final List<Integer> held = new ArrayList<>();
        private final List<Integer> line = new ArrayList<>();
        private final List<Integer> served = new ArrayList<>();
        private long refused;

        void serve() {
            while (!line.isEmpty() && held.size() < limit.maxInFlight()) {
                int next = line.removeFirst();
                held.add(next);
                served.add(next);
            }
        }
    }

    private static ConcurrencyLimit limit(int most, int queue) {
        return new ConcurrencyLimit(most, queue, Duration.ofSeconds(1), Optional.empty());
    }
}
