package io.signalbox.mesh.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.mesh.model.BreakerState;
import io.signalbox.mesh.model.CircuitBreakerConfig;
import io.signalbox.mesh.time.ManualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random commands to the breaker and to {@link BreakerModel}, compared after every one. */
class CircuitBreakerModelTest {

    private static final int STEPS = 20_000;

    private record Held(Permit permit, int era) {}

    private final ManualTime time = new ManualTime();
    private final List<Transition> transitions = new ArrayList<>();
    private final List<Held> held = new ArrayList<>();
    private final Map<BreakerState, Integer> visits = new EnumMap<>(BreakerState.class);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void anySequenceOfCommandsGivesWhatTheModelGives(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        CircuitBreakerConfig config = config(random);
        CircuitBreaker breaker = new CircuitBreaker(config, time, time, transitions::add);
        BreakerModel model = new BreakerModel(config);
        for (int step = 0; step < STEPS; step++) {
            String command = command(random, breaker, model);
            assertSame(breaker, model, "seed %d, step %d: %s".formatted(seed, step, command));
            visits.merge(model.state, 1, Integer::sum);
        }

        assertThat(visits).as("the walk reaches every state").containsOnlyKeys(BreakerState.values());
        assertThat(visits.get(BreakerState.HALF_OPEN)).isGreaterThan(STEPS / 50);
    }

    private String command(SplittableRandom random, CircuitBreaker breaker, BreakerModel model) {
        int dice = random.nextInt(1000);
        if (dice < 400) {
            Permit permit = breaker.tryAcquire();
            boolean expected = model.acquire(time.nanos());
            assertThat(permit != null).as("admitted").isEqualTo(expected);
            if (permit != null) {
                held.add(new Held(permit, model.era));
            }
            return "acquire";
        }
        if (dice < 850) {
            return held.isEmpty() ? "nothing to settle" : settle(random, model);
        }
        if (dice < 970) {
            time.advance(Duration.ofMillis(random.nextInt(1, 60)));
            return "advance";
        }
        return dice < 980 ? configure(random, breaker, model) : byHand(random, breaker, model);
    }

    private String settle(SplittableRandom random, BreakerModel model) {
        Held one = held.remove(random.nextInt(held.size()));
        String how = switch (random.nextInt(6)) {
            case 0, 1, 2 -> {
                one.permit.failure();
                model.failure(one.era, time.nanos());
                yield "failure";
            }
            case 3, 4 -> {
                one.permit.success();
                model.success(one.era);
                yield "success";
            }
            default -> {
                one.permit.close();
                model.ignore(one.era);
                yield "ignore";
            }
        };
        // A permit counts once: all that follows must change nothing.
        one.permit.failure();
        one.permit.success();
        one.permit.ignore();
        return how;
    }

    private static String configure(SplittableRandom random, CircuitBreaker breaker, BreakerModel model) {
        CircuitBreakerConfig config = config(random);
        breaker.configure(config);
        model.config = config;
        return "configure " + config;
    }

    private static String byHand(SplittableRandom random, CircuitBreaker breaker, BreakerModel model) {
        return switch (random.nextInt(8)) {
            case 0 -> {
                breaker.forceOpen("model", "test");
                model.enter(BreakerState.FORCED_OPEN);
                yield "force open";
            }
            case 1 -> {
                breaker.disable("model", "test");
                model.enter(BreakerState.DISABLED);
                yield "disable";
            }
            case 2 -> {
                breaker.reset("model", "test");
                model.enter(BreakerState.CLOSED);
                model.refused = 0;
                yield "reset";
            }
            default -> {
                breaker.close("model", "test");
                model.enter(BreakerState.CLOSED);
                yield "close";
            }
        };
    }

    private void assertSame(CircuitBreaker breaker, BreakerModel model, String after) {
        BreakerView view = breaker.view();
        assertThat(List.of(
                        view.state(),
                        view.consecutiveFailures(),
                        view.trialsAdmitted(),
                        view.trialsSucceeded(),
                        view.refused(),
                        transitions.size()))
                .as(after)
                .isEqualTo(List.of(
                        model.state, model.failures, model.admitted, model.succeeded, model.refused, model.moves));
    }

    private static CircuitBreakerConfig config(SplittableRandom random) {
        int trials = random.nextInt(1, 5);
        return new CircuitBreakerConfig(
                random.nextInt(1, 5), random.nextInt(1, trials + 1), Duration.ofMillis(random.nextInt(1, 100)), trials);
    }

    @Test
    void everyTransitionStartsWhereTheLastOneEnded() {
        anySequenceOfCommandsGivesWhatTheModelGives(99);
        BreakerState at = BreakerState.CLOSED;
        for (Transition transition : transitions) {
            assertThat(transition.from()).isEqualTo(at);
            at = transition.to();
        }

        assertThat(transitions).hasSizeGreaterThan(1000);
    }
}
