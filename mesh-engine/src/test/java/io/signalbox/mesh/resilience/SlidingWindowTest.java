package io.signalbox.mesh.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.mesh.model.BreakerState;
import io.signalbox.mesh.model.BreakerWindow;
import io.signalbox.mesh.model.BreakerWindow.Extent;
import io.signalbox.mesh.model.BreakerWindow.SlowCalls;
import io.signalbox.mesh.model.CircuitBreakerConfig;
import io.signalbox.mesh.model.CircuitReason;
import io.signalbox.mesh.model.WindowCounts;
import io.signalbox.mesh.resilience.CallOutcome.Speed;
import io.signalbox.mesh.resilience.CallOutcome.Verdict;
import io.signalbox.mesh.time.ManualTime;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SlidingWindowTest {

    private static final SlowCalls SLOW = new SlowCalls(0.5, Duration.ofMillis(100));
    private static final BreakerWindow FOUR_CALLS = new BreakerWindow(new Extent.Calls(4), 4, 0.5, Optional.of(SLOW));

    private final ManualTime time = new ManualTime();
    private final CircuitBreaker breaker = breaker(FOUR_CALLS);

    @Test
    void anOpeningKeepsTheThresholdTheCountsAndTheVeryCalls() {
        call(Verdict.SUCCEEDED, 10);
        call(Verdict.FAILED, 20);
        call(Verdict.SUCCEEDED, 30);
        call(Verdict.FAILED, 110);

        Opening opening = breaker.lastOpening().orElseThrow();
        assertThat(opening.why()).isEqualTo(new CircuitReason.FailureRate(new WindowCounts(4, 2, 1), 0.5));
        assertThat(opening.at()).isEqualTo(time.instant());
        assertThat(opening.config().window()).contains(FOUR_CALLS);
        assertThat(opening.calls())
                .containsExactly(
                        outcome(160, 10, Verdict.SUCCEEDED, Speed.QUICK),
                        outcome(140, 20, Verdict.FAILED, Speed.QUICK),
                        outcome(110, 30, Verdict.SUCCEEDED, Speed.QUICK),
                        outcome(0, 110, Verdict.FAILED, Speed.SLOW));
    }

    @Test
    void theOpeningIsStillKnownWhenItHasClosedAgain() {
        failTwice();
        time.advance(Duration.ofSeconds(60));
        Permit trial = Objects.requireNonNull(breaker.tryAcquire());
        trial.success();

        assertThat(breaker.state()).isEqualTo(BreakerState.CLOSED);
        assertThat(breaker.lastOpening()).isPresent();
        assertThat(breaker.view().window()).as("it starts over").contains(WindowCounts.NONE);
    }

    @Test
    void failuresInARowDoNotOpenItWhileTheirShareIsSmall() {
        CircuitBreaker wide = breaker(new BreakerWindow(new Extent.Calls(100), 1, 0.5, Optional.empty()));
        for (int i = 0; i < 20; i++) {
            call(wide, Verdict.SUCCEEDED, 1);
        }
        for (int i = 0; i < 19; i++) {
            call(wide, Verdict.FAILED, 1);
        }

        assertThat(wide.state()).isEqualTo(BreakerState.CLOSED);
        call(wide, Verdict.FAILED, 1);
        assertThat(wide.state()).isEqualTo(BreakerState.OPEN);
    }

    @Test
    void callsThatSucceedSlowlyOpenIt() {
        call(Verdict.SUCCEEDED, 101);
        call(Verdict.SUCCEEDED, 1);
        call(Verdict.SUCCEEDED, 100);
        call(Verdict.SUCCEEDED, 500);

        assertThat(breaker.view().lastWhy()).contains(new CircuitReason.SlowCallRate(new WindowCounts(4, 0, 2), 0.5));
    }

    @Test
    void whatComesAfterTheHeadMakesNoCallSlow() {
        for (int i = 0; i < 4; i++) {
            Permit stream = Objects.requireNonNull(breaker.tryAcquire());
            stream.answered();
            time.advance(Duration.ofHours(1));
            stream.success();
        }

        assertThat(breaker.view().window()).contains(new WindowCounts(4, 0, 0));
    }

    @Test
    void aSlowTrialOpensItAgain() {
        failTwice();
        time.advance(Duration.ofSeconds(60));
        call(Verdict.SUCCEEDED, 101);

        assertThat(breaker.state()).isEqualTo(BreakerState.OPEN);
        assertThat(breaker.view().lastWhy()).contains(new CircuitReason.TrialSlow(101_000_000));
    }

    @Test
    void aWindowOfTimeForgetsWholeSeconds() {
        CircuitBreaker timed =
                breaker(new BreakerWindow(new Extent.Time(Duration.ofSeconds(2)), 3, 1.0, Optional.empty()));
        time.advance(Duration.ofMillis(900));
        call(timed, Verdict.FAILED, 0);
        time.advance(Duration.ofSeconds(1));
        call(timed, Verdict.FAILED, 0);
        time.advance(Duration.ofMillis(100));

        assertThat(timed.view().window()).contains(new WindowCounts(1, 1, 0));
    }

    @Test
    void otherThresholdsKeepTheWindowAndAnotherExtentEmptiesIt() {
        call(Verdict.FAILED, 1);
        breaker.configure(config(new BreakerWindow(new Extent.Calls(4), 3, 0.9, Optional.of(SLOW))));
        assertThat(breaker.view().window()).contains(new WindowCounts(1, 1, 0));

        breaker.configure(config(new BreakerWindow(new Extent.Calls(5), 3, 0.9, Optional.of(SLOW))));
        assertThat(breaker.view().window()).contains(WindowCounts.NONE);
    }

    @Test
    void aCircuitThatCountsTellsOfItsOpeningToo() {
        CircuitBreaker counted =
                new CircuitBreaker(new CircuitBreakerConfig(1, 1, Duration.ofSeconds(60), 1), time, time, t -> {});
        Objects.requireNonNull(counted.tryAcquire()).failure();

        Opening opening = counted.lastOpening().orElseThrow();
        assertThat(opening.why()).isEqualTo(new CircuitReason.FailuresInARow(1));
        assertThat(opening.calls())
                .containsExactly(new CallOutcome(0, CallOutcome.UNKNOWN, Verdict.FAILED, Speed.QUICK));
        assertThat(counted.view().window()).isEmpty();
    }

    @Test
    void theWindowBeginsWithTheNextCallWhenACountingCircuitGetsOne() {
        CircuitBreaker counted =
                new CircuitBreaker(new CircuitBreakerConfig(3, 1, Duration.ofSeconds(60), 1), time, time, t -> {});
        Objects.requireNonNull(counted.tryAcquire()).failure();
        Permit before = Objects.requireNonNull(counted.tryAcquire());
        counted.configure(config(FOUR_CALLS));
        before.failure();

        assertThat(counted.view().window()).contains(new WindowCounts(1, 1, 0));
        assertThat(counted.view().consecutiveFailures()).isZero();
    }

    private void failTwice() {
        for (int i = 0; i < 4; i++) {
            call(i < 2 ? Verdict.SUCCEEDED : Verdict.FAILED, 1);
        }
        assertThat(breaker.state()).isEqualTo(BreakerState.OPEN);
    }

    private void call(Verdict verdict, int millis) {
        call(breaker, verdict, millis);
    }

    private void call(CircuitBreaker of, Verdict verdict, int millis) {
        Permit permit = Objects.requireNonNull(of.tryAcquire());
        time.advance(Duration.ofMillis(millis));
        switch (verdict) {
            case SUCCEEDED -> permit.success();
            case FAILED -> permit.failure();
        }
    }

    private static CallOutcome outcome(long agoMillis, long tookMillis, Verdict verdict, Speed speed) {
        return new CallOutcome(agoMillis * 1_000_000, tookMillis * 1_000_000, verdict, speed);
    }

    private static CircuitBreakerConfig config(BreakerWindow window) {
        return new CircuitBreakerConfig(5, 1, Duration.ofSeconds(60), 1).withWindow(window);
    }

    private CircuitBreaker breaker(BreakerWindow window) {
        return new CircuitBreaker(config(window), time, time, t -> {});
    }
}
