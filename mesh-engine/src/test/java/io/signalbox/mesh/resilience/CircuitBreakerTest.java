package io.signalbox.mesh.resilience;

import static io.signalbox.mesh.model.BreakerState.CLOSED;
import static io.signalbox.mesh.model.BreakerState.FORCED_OPEN;
import static io.signalbox.mesh.model.BreakerState.HALF_OPEN;
import static io.signalbox.mesh.model.BreakerState.OPEN;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.mesh.model.CircuitBreakerConfig;
import io.signalbox.mesh.model.CircuitReason;
import io.signalbox.mesh.time.ManualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class CircuitBreakerTest {

    private static final Duration OPEN_TIME = Duration.ofSeconds(60);
    private static final CircuitBreakerConfig CONFIG = new CircuitBreakerConfig(3, 2, OPEN_TIME, 3);

    private final ManualTime time = new ManualTime();
    private final List<Transition> transitions = new ArrayList<>();
    private final CircuitBreaker breaker = new CircuitBreaker(CONFIG, time, time, transitions::add);

    @Test
    void opensAtTheThresholdOfFailuresInARow() {
        fail(2);
        assertThat(breaker.state()).isEqualTo(CLOSED);

        fail(1);
        assertThat(breaker.state()).isEqualTo(OPEN);
        assertThat(transitions)
                .containsExactly(new Transition(CLOSED, OPEN, new CircuitReason.FailuresInARow(3), time.instant(), 1));
    }

    @Test
    void oneSuccessStartsTheCountOver() {
        fail(2);
        permit().success();
        fail(2);

        assertThat(breaker.state()).isEqualTo(CLOSED);
        assertThat(breaker.view().consecutiveFailures()).isEqualTo(2);
    }

    @Test
    void anIgnoredCallNeitherCountsNorStartsOver() {
        fail(2);
        permit().ignore();
        fail(1);

        assertThat(breaker.state()).isEqualTo(OPEN);
    }

    @Test
    void refusalsAreCountedFromTheLastOpeningAndAFailedTrialGoesOnWithThem() {
        fail(3);
        assertThat(breaker.tryAcquire()).isNull();
        breaker.close("test", "");
        fail(3);
        assertThat(breaker.view().refused()).isZero();
        assertThat(breaker.tryAcquire()).isNull();
        time.advance(OPEN_TIME);
        fail(1);
        assertThat(breaker.tryAcquire()).isNull();
        assertThat(breaker.view().refused()).isEqualTo(2);
    }

    @Test
    void anOpenCircuitRefusesAndCountsTheRefusals() {
        fail(3);
        time.advance(OPEN_TIME.minusNanos(1));

        assertThat(breaker.tryAcquire()).isNull();
        assertThat(breaker.tryAcquire()).isNull();
        assertThat(breaker.view().refused()).isEqualTo(2);
    }

    @Test
    void theFirstCallAfterTheOpenTimeIsTheFirstTrial() {
        fail(3);
        time.advance(OPEN_TIME);

        assertThat(breaker.tryAcquire()).isNotNull();
        assertThat(breaker.state()).isEqualTo(HALF_OPEN);
        assertThat(breaker.view().trialsAdmitted()).isEqualTo(1);
        assertThat(transitions.getLast().why()).isEqualTo(new CircuitReason.OpenTimeOver());
    }

    @Test
    @DisplayName("IsOpen() moves the state: asking moves nothing, even when the open time is long over")
    void askingForTheStateNeverMovesIt() {
        fail(3);
        time.advance(OPEN_TIME.multipliedBy(10));
        for (int i = 0; i < 100; i++) {
            assertThat(breaker.state()).isEqualTo(OPEN);
            assertThat(breaker.view().state()).isEqualTo(OPEN);
        }

        assertThat(breaker.view().nanosUntilProbe()).isEqualTo(OptionalLong.of(0));
        assertThat(breaker.view().trialsAdmitted()).isZero();
        assertThat(transitions).hasSize(1);
    }

    @Test
    @DisplayName("the half-open limit is never read: no more than halfOpenRequests trials pass in all")
    void theHalfOpenLimitIsReadAndCountsTheWholePeriod() {
        breaker.configure(new CircuitBreakerConfig(3, 3, OPEN_TIME, 3));
        halfOpen();
        Permit first = permit();
        Permit second = permit();
        assertThat(breaker.tryAcquire()).isNotNull();

        assertThat(breaker.tryAcquire()).isNull();
        first.success();
        second.success();
        assertThat(breaker.tryAcquire()).isNull();
        assertThat(breaker.view().trialsAdmitted()).isEqualTo(3);
        assertThat(breaker.view().trialsSucceeded()).isEqualTo(2);
    }

    @Test
    void anIgnoredTrialGivesItsPlaceBack() {
        halfOpen();
        Permit ignored = permit();
        assertThat(breaker.tryAcquire()).isNotNull();
        assertThat(breaker.tryAcquire()).isNotNull();
        assertThat(breaker.tryAcquire()).isNull();

        ignored.ignore();
        assertThat(breaker.tryAcquire()).isNotNull();
        assertThat(breaker.tryAcquire()).isNull();
    }

    @Test
    void enoughSuccessfulTrialsCloseTheCircuit() {
        halfOpen();
        permit().success();
        assertThat(breaker.state()).isEqualTo(HALF_OPEN);
        permit().success();

        assertThat(breaker.state()).isEqualTo(CLOSED);
        assertThat(breaker.view().consecutiveFailures()).isZero();
        assertThat(transitions.getLast().why()).isEqualTo(new CircuitReason.TrialsSucceeded(2));
    }

    @Test
    void oneFailedTrialReopensTheCircuitForTheFullTime() {
        halfOpen();
        permit().success();
        time.advance(Duration.ofSeconds(5));
        fail(1);

        assertThat(breaker.state()).isEqualTo(OPEN);
        assertThat(transitions.getLast().why()).isEqualTo(new CircuitReason.TrialFailed());
        assertThat(breaker.view().nanosUntilProbe()).isEqualTo(OptionalLong.of(OPEN_TIME.toNanos()));
        time.advance(OPEN_TIME.minusNanos(1));
        assertThat(breaker.tryAcquire()).isNull();
        time.advance(Duration.ofNanos(1));
        assertThat(breaker.tryAcquire()).isNotNull();
    }

    @Test
    void successesOfAnEarlierHalfOpenPeriodAreForgotten() {
        halfOpen();
        permit().success();
        fail(1);
        time.advance(OPEN_TIME);
        permit().success();

        assertThat(breaker.state()).isEqualTo(HALF_OPEN);
    }

    @Test
    void aPermitCountsOnce() {
        Permit permit = permit();
        permit.failure();
        permit.failure();
        permit.success();
        permit.close();

        assertThat(breaker.view().consecutiveFailures()).isEqualTo(1);
    }

    @Test
    void closingAPermitUnsettledIgnoresIt() {
        fail(1);
        try (Permit permit = permit()) {
            assertThat(permit).isNotNull();
        }

        assertThat(breaker.view().consecutiveFailures()).isEqualTo(1);
    }

    @Test
    void aLateFailureFromBeforeDoesNotReopenAHalfOpenCircuit() {
        Permit slow = permit();
        halfOpen();
        slow.failure();

        assertThat(breaker.state()).isEqualTo(HALF_OPEN);
    }

    @Test
    void aLateSuccessFromBeforeDoesNotCountAsATrial() {
        Permit slow = permit();
        halfOpen();
        permit().success();
        slow.success();

        assertThat(breaker.state()).isEqualTo(HALF_OPEN);
        assertThat(breaker.view().trialsSucceeded()).isEqualTo(1);
    }

    @Test
    void aLateTrialOfAnEarlierPeriodDoesNotGiveAPlaceBack() {
        halfOpen();
        Permit slow = permit();
        fail(1);
        time.advance(OPEN_TIME);
        Permit trial = permit();
        slow.ignore();

        assertThat(trial).isNotNull();
        assertThat(breaker.view().trialsAdmitted()).isEqualTo(1);
    }

    @Test
    void theViewTellsSinceWhenAndUntilTheProbe() {
        Instant made = time.instant();
        assertThat(breaker.view().since()).isEqualTo(made);
        assertThat(breaker.view().nanosUntilProbe()).isEmpty();
        assertThat(breaker.view().lastWhy()).isEmpty();

        time.advance(Duration.ofSeconds(7));
        fail(3);
        time.advance(Duration.ofSeconds(20));

        assertThat(breaker.view().since()).isEqualTo(made.plusSeconds(7));
        assertThat(breaker.view().nanosUntilProbe())
                .isEqualTo(OptionalLong.of(Duration.ofSeconds(40).toNanos()));
        assertThat(breaker.view().lastWhy()).contains(new CircuitReason.FailuresInARow(3));
    }

    @Test
    void theListenerSeesTheNewStateAndItsSequenceGrows() {
        List<Boolean> seen = new ArrayList<>();
        CircuitBreaker[] watched = new CircuitBreaker[1];
        watched[0] = new CircuitBreaker(CONFIG, time, time, t -> seen.add(watched[0].state() == t.to()));
        watched[0].forceOpen("mira", "");
        watched[0].close("mira", "");
        assertThat(seen).containsExactly(true, true);

        halfOpen();
        assertThat(transitions).extracting(Transition::sequence).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void aListenerThatThrowsDoesNotFailTheCall() {
        CircuitBreaker deaf = new CircuitBreaker(CONFIG, time, time, t -> {
            throw new IllegalStateException("a listener that fails on purpose");
        });
        deaf.forceOpen("mira", "");

        assertThat(deaf.state()).isEqualTo(FORCED_OPEN);
    }

    @Test
    void anOpenTimeBeyondTheClockNeverEnds() {
        breaker.configure(new CircuitBreakerConfig(1, 1, Duration.ofSeconds(Long.MAX_VALUE), 1));
        fail(1);
        time.advance(Duration.ofDays(36_500));

        assertThat(breaker.tryAcquire()).isNull();
    }

    private void halfOpen() {
        fail(3);
        time.advance(OPEN_TIME);
        permit().ignore();
        assertThat(breaker.state()).isEqualTo(HALF_OPEN);
    }

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            permit().failure();
        }
    }

    private Permit permit() {
        return Objects.requireNonNull(breaker.tryAcquire(), "refused");
    }
}
