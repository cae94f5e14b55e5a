package io.signalbox.mesh.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.mesh.model.BreakerState;
import io.signalbox.mesh.model.BreakerWindow;
import io.signalbox.mesh.model.BreakerWindow.Extent;
import io.signalbox.mesh.model.BreakerWindow.SlowCalls;
import io.signalbox.mesh.model.Cause;
import io.signalbox.mesh.model.CircuitBreakerConfig;
import io.signalbox.mesh.resilience.Replayed.Certainty;
import io.signalbox.mesh.time.ManualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Replays against real circuits that were given the very same calls, in thousands of random sequences. */
class OpeningReplayTest {

    private static final int SEQUENCES = 3_000;
    private static final int LONGEST = 1_500;

    enum Kind {
        COUNTED(41),
        CALLS(42),
        TIME(43);

        private final long seed;

        Kind(long seed) {
            this.seed = seed;
        }
    }

    /** A call of a sequence: it begins after the one before it ended. */
    private record Call(long gapNanos, long tookNanos, boolean failed) implements CallNotes {

        @Override
        public @Nullable String requestId() {
            return null;
        }

        @Override
        public int status() {
            return failed ? 503 : 200;
        }

        @Override
        public @Nullable Cause cause() {
            return null;
        }
    }

    /** How a real circuit fared. */
    private record Fared(CircuitBreaker breaker, int opened, long openedNanos) {

        boolean hasOpened() {
            return opened >= 0;
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void aReplayWithTheActualSettingsOpensAtTheVeryCallThatOpenedTheCircuit(Kind kind) {
        SplittableRandom random = new SplittableRandom(kind.seed);
        int opened = 0;
        int cut = 0;
        for (int i = 0; i < SEQUENCES; i++) {
            CircuitBreakerConfig config = config(random, kind);
            Fared real = play(config, sequence(random));
            if (real.hasOpened()) {
                Opening opening = real.breaker().lastOpening().orElseThrow();
                opened++;
                cut += opening.earlier().calls() > 0 ? 1 : 0;
                assertThat(OpeningReplay.of(opening, config))
                        .as("sequence %d of %s, %s", i, kind, config)
                        .isEqualTo(new Replayed.Opens(opening.calls().size() - 1, 0, Certainty.EXACT));
                assertThat(opening.earlier().calls() + opening.calls().size()).isEqualTo(real.opened() + 1);
            }
        }
        assertThat(opened).isGreaterThan(SEQUENCES / 2);
        assertThat(cut).as("openings whose first calls were no longer kept").isGreaterThan(kind == Kind.TIME ? 5 : 100);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void whatACounterfactualCallsExactIsWhatARealCircuitWithThoseSettingsDoes(Kind kind) {
        SplittableRandom random = new SplittableRandom(2 * kind.seed);
        Map<String, Integer> met = new TreeMap<>();
        for (int i = 0; i < SEQUENCES; i++) {
            List<Call> calls = sequence(random);
            Fared real = play(config(random, kind), calls);
            if (real.hasOpened()) {
                CircuitBreakerConfig other = config(random, Kind.values()[random.nextInt(3)]);
                Fared truth = play(other, calls.subList(0, real.opened() + 1));
                Opening opening = real.breaker().lastOpening().orElseThrow();
                Replayed replayed = OpeningReplay.of(opening, other);
                met.merge(replayed.getClass().getSimpleName() + replayed.certainty(), 1, Integer::sum);
                if (replayed.certainty() == Certainty.EXACT) {
                    assertTrue(replayed, opening, real, truth, "sequence " + i + ": " + other);
                }
            }
        }
        assertThat(met).containsKeys("OpensEXACT", "StaysClosedEXACT");
        assertThat(met.getOrDefault("OpensEXACT", 0) + met.getOrDefault("StaysClosedEXACT", 0))
                .isGreaterThan(SEQUENCES / 3);
    }

    private static void assertTrue(Replayed replayed, Opening opening, Fared real, Fared truth, String which) {
        long earlier = opening.earlier().calls();
        switch (replayed) {
            case Replayed.Opens(int call, long sooner, Certainty _) -> {
                assertThat(truth.opened()).as(which).isEqualTo((int) earlier + call);
                assertThat(real.openedNanos() - truth.openedNanos()).as(which).isEqualTo(sooner);
            }
            case Replayed.OpensBefore _ ->
                assertThat((long) truth.opened()).as(which).isBetween(0L, earlier - 1);
            case Replayed.StaysClosed _ ->
                assertThat(truth.breaker().state()).as(which).isEqualTo(BreakerState.CLOSED);
            case Replayed.OpensLater _, Replayed.Unknown _ -> throw new AssertionError(which + " is no fact");
        }
    }

    @Test
    void callsThatWereUnderWayTellWhenAHigherThresholdWouldHaveOpened() {
        ManualTime time = new ManualTime();
        CircuitBreaker breaker = new CircuitBreaker(counted(5), time, time, moved -> {});
        List<Permit> underWay = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            underWay.add(Objects.requireNonNull(breaker.tryAcquire()));
        }
        for (Permit permit : underWay) {
            time.advance(Duration.ofMillis(400));
            permit.failure();
        }

        Opening opening = breaker.lastOpening().orElseThrow();
        assertThat(opening.late()).hasSize(2);
        assertThat(OpeningReplay.of(opening, counted(7))).isEqualTo(new Replayed.OpensLater(800_000_000));
        assertThat(OpeningReplay.of(opening, counted(10))).isEqualTo(new Replayed.StaysClosed(Certainty.EXACT));
        assertThat(OpeningReplay.of(opening, counted(2)))
                .isEqualTo(new Replayed.Opens(1, 1_200_000_000, Certainty.EXACT));
    }

    @Test
    void nothingIsCalledExactOnceTheSettingsChangedWhileTheCallsCameIn() {
        ManualTime time = new ManualTime();
        CircuitBreaker breaker = new CircuitBreaker(counted(10), time, time, moved -> {});
        for (int i = 0; i < 4; i++) {
            Objects.requireNonNull(breaker.tryAcquire()).failure();
        }
        breaker.configure(counted(3));
        Objects.requireNonNull(breaker.tryAcquire()).failure();

        Opening opening = breaker.lastOpening().orElseThrow();
        assertThat(opening.settings()).isEqualTo(Opening.Settings.CHANGED);
        assertThat(OpeningReplay.of(opening, counted(6)).certainty()).isEqualTo(Certainty.ESTIMATE);
    }

    @Test
    void aWindowThatReachesBackBeyondWhatIsKeptCannotBeJudged() {
        ManualTime time = new ManualTime();
        CircuitBreaker breaker = new CircuitBreaker(counted(2), time, time, moved -> {});
        for (int i = 0; i < OutcomeWindow.KEPT + 1; i++) {
            Objects.requireNonNull(breaker.tryAcquire()).success();
        }
        Objects.requireNonNull(breaker.tryAcquire()).failure();
        Objects.requireNonNull(breaker.tryAcquire()).failure();

        Opening opening = breaker.lastOpening().orElseThrow();
        assertThat(opening.calls()).hasSize(OutcomeWindow.KEPT);
        assertThat(opening.earlier().calls()).isEqualTo(3);
        assertThat(OpeningReplay.of(opening, windowed(new Extent.Calls(1_000), 500)))
                .isEqualTo(new Replayed.Unknown());
    }

    private static Fared play(CircuitBreakerConfig config, List<Call> calls) {
        ManualTime time = new ManualTime();
        CircuitBreaker breaker = new CircuitBreaker(config, time, time, moved -> {});
        for (int i = 0; i < calls.size(); i++) {
            Call call = calls.get(i);
            time.advance(Duration.ofNanos(call.gapNanos()));
            Permit permit = Objects.requireNonNull(breaker.tryAcquire());
            time.advance(Duration.ofNanos(call.tookNanos()));
            if (call.failed()) {
                permit.failure(call);
            } else {
                permit.success(call);
            }
            if (breaker.state() == BreakerState.OPEN) {
                return new Fared(breaker, i, time.nanos());
            }
        }
        return new Fared(breaker, -1, time.nanos());
    }

    /** Quiet for a while, then in trouble. */
    private static List<Call> sequence(SplittableRandom random) {
        int quiet = random.nextInt(4) == 0 ? random.nextInt(LONGEST) : random.nextInt(100);
        int troubled = random.nextInt(1, 200);
        double share = random.nextDouble(0.3, 1);
        long pause = random.nextLong(1, random.nextInt(3) == 0 ? 2_000_000 : 200_000_000);
        List<Call> calls = new ArrayList<>();
        for (int i = 0; i < quiet + troubled; i++) {
            boolean failed = random.nextDouble() < (i < quiet ? 0.03 : share);
            calls.add(new Call(random.nextLong(pause), random.nextLong(1, 150) * 1_000_000, failed));
        }
        return calls;
    }

    private static CircuitBreakerConfig config(SplittableRandom random, Kind kind) {
        return switch (kind) {
            case COUNTED -> counted(random.nextInt(1, 9));
            case CALLS -> {
                int size = random.nextInt(5) == 0 ? random.nextInt(100, 600) : random.nextInt(5, 60);
                yield windowed(random, new Extent.Calls(size), random.nextInt(1, size + 1));
            }
            case TIME ->
                windowed(random, new Extent.Time(Duration.ofSeconds(random.nextInt(1, 8))), random.nextInt(1, 40));
        };
    }

    private static CircuitBreakerConfig windowed(SplittableRandom random, Extent extent, int minimum) {
        Optional<SlowCalls> slow = random.nextInt(3) == 0
                ? Optional.of(new SlowCalls(random.nextDouble(0.5, 1), Duration.ofMillis(20L * random.nextInt(4, 8))))
                : Optional.empty();
        return counted(5).withWindow(new BreakerWindow(extent, minimum, random.nextInt(4, 19) / 20.0, slow));
    }

    private static CircuitBreakerConfig windowed(Extent extent, int minimum) {
        return counted(5).withWindow(new BreakerWindow(extent, minimum, 0.5, Optional.empty()));
    }

    private static CircuitBreakerConfig counted(int failures) {
        return new CircuitBreakerConfig(failures, 1, Duration.ofSeconds(60), 1);
    }
}
