package io.signalbox.mesh.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.mesh.model.BreakerState;
import io.signalbox.mesh.model.Cause;
import io.signalbox.mesh.model.CircuitBreakerConfig;
import io.signalbox.mesh.resilience.CallOutcome.Speed;
import io.signalbox.mesh.resilience.CallOutcome.Verdict;
import io.signalbox.mesh.time.ManualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class OpeningTest {

    private static final Duration OPEN = Duration.ofSeconds(32);

    private final ManualTime time = new ManualTime();
    private final CircuitBreaker breaker =
            new CircuitBreaker(new CircuitBreakerConfig(2, 1, OPEN, 1), time, time, moved -> {});

    @Test
    void itKeepsWhatEachCallSaidOfItself() {
        permit().success(new Openings.Answered("a", 200, null, 5));
        time.advance(Duration.ofNanos(7));
        permit().failure(new Openings.Answered("b", 503, null, 6));
        permit().failure(new Openings.Answered(null, 0, Cause.CONNECT_FAILURE, CallOutcome.UNKNOWN));

        assertThat(opening().calls())
                .containsExactly(
                        new CallOutcome(7, 5, Verdict.SUCCEEDED, Speed.QUICK, 200, null, "a"),
                        new CallOutcome(0, 6, Verdict.FAILED, Speed.QUICK, 503, null, "b"),
                        new CallOutcome(
                                0, CallOutcome.UNKNOWN, Verdict.FAILED, Speed.QUICK, 0, Cause.CONNECT_FAILURE, null));
        assertThat(opening().judged()).isEqualTo(2);
        assertThat(opening().earlier()).isEqualTo(Opening.Earlier.NONE);
    }

    @Test
    void itCountsTheRefusedAndWhenTheFirstAndTheLastWere() {
        open();
        Instant opened = time.instant();
        time.advance(Duration.ofSeconds(3));
        refuse(2);
        time.advance(Duration.ofSeconds(20));
        refuse(5);

        Refused refused = opening().refused();
        assertThat(refused.calls()).isEqualTo(7);
        assertThat(refused.first()).contains(opened.plusSeconds(3));
        assertThat(refused.last()).contains(opened.plusSeconds(23));
        assertThat(refused.inFirstOpenTimeAfter(Duration.ofSeconds(4))).isEqualTo(5);
        assertThat(refused.inFirstOpenTimeAfter(Duration.ofSeconds(3))).isEqualTo(7);
    }

    @Test
    void aFailedTrialBelongsToTheOpeningAndDoesNotReplaceIt() {
        open();
        Opening first = opening();
        time.advance(OPEN);
        permit().failure(new Openings.Answered("trial", 500, null, 9));
        refuse(4);

        assertThat(breaker.state()).isEqualTo(BreakerState.OPEN);
        assertThat(opening().at()).isEqualTo(first.at());
        assertThat(opening().calls()).isEqualTo(first.calls());
        assertThat(opening().failedTrials()).isEqualTo(1);
        assertThat(opening().lastTrial().orElseThrow().call().requestId()).isEqualTo("trial");
        assertThat(opening().lastTrial().orElseThrow().at()).isEqualTo(time.instant());
        assertThat(opening().refused().calls()).isEqualTo(4);
        assertThat(opening().refused().inFirstOpenTimeAfter(Duration.ZERO))
                .as("what comes after the first open time says nothing about a shorter one")
                .isZero();
    }

    @Test
    void callsUnderWayThatEndLaterAreKeptWithoutBeingCounted() {
        Permit slow = permit();
        open();
        time.advance(Duration.ofSeconds(2));
        slow.failure(new Openings.Answered("late", 504, null, 1));

        assertThat(opening().late())
                .containsExactly(new CallOutcome(-2_000_000_000L, 1, Verdict.FAILED, Speed.QUICK, 504, null, "late"));
        assertThat(opening().calls()).hasSize(2);
    }

    @Test
    void holdingItOpenByHandIsNoOpeningAndItsRefusalsAreNotThoseOfTheLastOne() {
        open();
        refuse(1);
        breaker.close("mira", "");
        breaker.forceOpen("mira", "drill");
        refuse(8);

        assertThat(opening().refused().calls()).isEqualTo(1);
        assertThat(breaker.view().refused()).isEqualTo(8);
    }

    @Test
    void whatHadToMakeRoomIsCountedWithItsLongestRun() {
        permit().failure();
        for (int i = 0; i < OutcomeWindow.KEPT + 9; i++) {
            permit().success();
        }
        open();

        assertThat(opening().calls()).hasSize(OutcomeWindow.KEPT);
        assertThat(opening().earlier()).isEqualTo(new Opening.Earlier(12, 0, 1));
    }

    private Opening opening() {
        return breaker.lastOpening().orElseThrow();
    }

    private Permit permit() {
        return Objects.requireNonNull(breaker.tryAcquire());
    }

    private void open() {
        permit().failure();
        permit().failure();
        assertThat(breaker.state()).isEqualTo(BreakerState.OPEN);
    }

    private void refuse(int calls) {
        for (int i = 0; i < calls; i++) {
            assertThat(breaker.tryAcquire()).isNull();
        }
    }
}
