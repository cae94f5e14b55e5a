package io.signalbox.mesh.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.mesh.model.BreakerScope;
import io.signalbox.mesh.model.BreakerState;
import io.signalbox.mesh.model.BreakerWindow;
import io.signalbox.mesh.model.BreakerWindow.Extent;
import io.signalbox.mesh.model.BreakerWindow.SlowCalls;
import io.signalbox.mesh.model.CircuitBreakerConfig;
import io.signalbox.mesh.time.ManualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A million random events to breakers with a window and to {@link WindowModel}, compared after every one. */
class SlidingWindowModelTest {

    private static final int EVENTS = 250_000;

    private record Held(Permit permit, int era, long startNanos) {}

    private final ManualTime time = new ManualTime();
    private final List<Held> held = new ArrayList<>();
    private final Map<BreakerState, Integer> visits = new EnumMap<>(BreakerState.class);

    @ParameterizedTest
    @ValueSource(longs = {31, 32, 33, 34})
    void anySequenceOfEventsGivesWhatTheModelGives(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        CircuitBreakerConfig config = config(random);
        CircuitBreaker breaker = new CircuitBreaker(config, time, time, t -> {});
        WindowModel model = new WindowModel(config);
        for (int event = 0; event < EVENTS; event++) {
            play(random, breaker, model);
            assertSame(breaker, model, seed, event);
            visits.merge(model.state, 1, Integer::sum);
        }

        assertThat(visits).as("the walk reaches every state").containsOnlyKeys(BreakerState.values());
        assertThat(visits.get(BreakerState.CLOSED)).isGreaterThan(EVENTS / 20);
        assertThat(visits.get(BreakerState.HALF_OPEN)).isGreaterThan(EVENTS / 50);
        assertThat(model.openings).isGreaterThan(EVENTS / 500);
    }

    private void play(SplittableRandom random, CircuitBreaker breaker, WindowModel model) {
        int dice = random.nextInt(1000);
        if (dice < 420) {
            acquire(breaker, model);
        } else if (dice < 880) {
            settle(random, model);
        } else if (dice < 985) {
            time.advance(Duration.ofMillis(random.nextInt(1, random.nextInt(20) == 0 ? 3000 : 120)));
        } else if (dice < 995) {
            CircuitBreakerConfig config = config(random);
            breaker.configure(config);
            model.configure(config);
        } else {
            byHand(random, breaker, model);
        }
    }

    private void acquire(CircuitBreaker breaker, WindowModel model) {
        Permit permit = breaker.tryAcquire();
        boolean expected = model.acquire(time.nanos());
        if ((permit != null) != expected) {
            throw new AssertionError("admitted: " + (permit != null) + " (expected: " + expected + ")");
        }
        if (permit != null) {
            held.add(new Held(permit, model.era, time.nanos()));
        }
    }

    private void settle(SplittableRandom random, WindowModel model) {
        if (held.isEmpty()) {
            return;
        }
        Held one = held.remove(random.nextInt(held.size()));
        long took = time.nanos() - one.startNanos;
        if (random.nextBoolean()) {
            one.permit.answered();
            time.advance(Duration.ofMillis(random.nextInt(50)));
        }
        int dice = random.nextInt(10);
        if (dice < 4) {
            one.permit.failure();
            model.ended(one.era, time.nanos(), took, true);
        } else if (dice < 9) {
            one.permit.success();
            model.ended(one.era, time.nanos(), took, false);
        } else {
            one.permit.ignore();
            model.ignore(one.era);
        }
        one.permit.failure();
    }

    private static void byHand(SplittableRandom random, CircuitBreaker breaker, WindowModel model) {
        switch (random.nextInt(5)) {
            case 0 -> {
                breaker.forceOpen("model", "test");
                model.enter(BreakerState.FORCED_OPEN);
            }
            case 1 -> {
                breaker.disable("model", "test");
                model.enter(BreakerState.DISABLED);
            }
            default -> {
                breaker.close("model", "test");
                model.enter(BreakerState.CLOSED);
            }
        }
    }

    private void assertSame(CircuitBreaker breaker, WindowModel model, long seed, int event) {
        BreakerView view = breaker.view();
        boolean same = view.state() == model.state
                && view.trialsAdmitted() == model.admitted
                && view.trialsSucceeded() == model.succeeded
                && view.refused() == model.refused
                && view.window().equals(model.viewed(time.nanos()));
        if (!same) {
            assertThat(Arrays.asList(
                            view.state(), view.trialsAdmitted(), view.trialsSucceeded(), view.refused(), view.window()))
                    .as("seed %d, event %d, %s", seed, event, model.config)
                    .isEqualTo(Arrays.asList(
                            model.state, model.admitted, model.succeeded, model.refused, model.viewed(time.nanos())));
        }
    }

    /** Rates of eighths, so that the model may multiply where the breaker divides. */
    private static CircuitBreakerConfig config(SplittableRandom random) {
        int trials = random.nextInt(1, 5);
        int size = random.nextInt(1, 25);
        Extent extent = random.nextBoolean()
                ? new Extent.Calls(size)
                : new Extent.Time(Duration.ofSeconds(random.nextInt(1, 5)));
        Optional<SlowCalls> slow = random.nextInt(3) == 0
                ? Optional.empty()
                : Optional.of(new SlowCalls(eighths(random), Duration.ofMillis(random.nextInt(1, 4) * 200L)));
        return new CircuitBreakerConfig(
                5,
                random.nextInt(1, trials + 1),
                Duration.ofMillis(random.nextInt(1, 400)),
                trials,
                Optional.of(new BreakerWindow(extent, random.nextInt(1, size + 1), eighths(random), slow)),
                BreakerScope.ENDPOINT);
    }

    private static double eighths(SplittableRandom random) {
        return random.nextInt(3, 9) / 8.0;
    }
}
