package io.signalbox.mesh.resilience;

import static io.signalbox.mesh.model.BreakerState.CLOSED;
import static io.signalbox.mesh.model.BreakerState.DISABLED;
import static io.signalbox.mesh.model.BreakerState.FORCED_OPEN;
import static io.signalbox.mesh.model.BreakerState.HALF_OPEN;
import static io.signalbox.mesh.model.BreakerState.OPEN;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.mesh.model.BreakerCommand;
import io.signalbox.mesh.model.ChangeNote;
import io.signalbox.mesh.model.CircuitBreakerConfig;
import io.signalbox.mesh.model.CircuitReason;
import io.signalbox.mesh.time.ManualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What operators and new policies do to a circuit. */
class CircuitBreakerControlTest {

    private static final Duration OPEN_TIME = Duration.ofSeconds(60);
    private static final CircuitBreakerConfig CONFIG = new CircuitBreakerConfig(3, 2, OPEN_TIME, 3);

    private final ManualTime time = new ManualTime();
    private final List<Transition> transitions = new ArrayList<>();
    private final CircuitBreaker breaker = new CircuitBreaker(CONFIG, time, time, transitions::add);

    @Test
    void aNewConfigurationKeepsStateCountsAndTheTimeOfOpening() {
        fail(2);
        breaker.configure(new CircuitBreakerConfig(10, 1, Duration.ofSeconds(30), 1));
        assertThat(breaker.view().consecutiveFailures()).isEqualTo(2);
        fail(8);
        assertThat(breaker.state()).isEqualTo(OPEN);

        time.advance(Duration.ofSeconds(20));
        breaker.configure(new CircuitBreakerConfig(10, 1, Duration.ofSeconds(25), 1));
        assertThat(breaker.state()).isEqualTo(OPEN);
        time.advance(Duration.ofSeconds(5));
        permit().success();
        assertThat(breaker.state()).isEqualTo(CLOSED);
    }

    @Test
    void aThresholdLoweredBelowWhatFailedOpensAtTheNextFailure() {
        fail(2);
        breaker.configure(new CircuitBreakerConfig(1, 1, OPEN_TIME, 1));
        assertThat(breaker.state()).isEqualTo(CLOSED);

        fail(1);
        assertThat(breaker.state()).isEqualTo(OPEN);
    }

    @Test
    void loweringTheTrialsBelowWhatSucceededClosesInsteadOfRefusingForEver() {
        breaker.configure(new CircuitBreakerConfig(3, 4, OPEN_TIME, 4));
        halfOpen();
        permit().success();
        permit().success();
        breaker.configure(new CircuitBreakerConfig(3, 2, OPEN_TIME, 2));
        assertThat(breaker.state()).isEqualTo(HALF_OPEN);

        assertThat(breaker.tryAcquire()).isNotNull();
        assertThat(breaker.state()).isEqualTo(CLOSED);
    }

    @Test
    void forcedOpenRefusesUntilClosedByHandHoweverLongItTakes() {
        breaker.forceOpen("mira", "payment is being repaired");
        time.advance(OPEN_TIME.multipliedBy(100));

        assertThat(breaker.tryAcquire()).isNull();
        assertThat(breaker.state()).isEqualTo(FORCED_OPEN);
        assertThat(breaker.view().nanosUntilProbe()).isEmpty();
        assertThat(breaker.view().lastWhy()).contains(new CircuitReason.ByHand("mira", "payment is being repaired"));

        breaker.close("mira", "repaired");
        assertThat(breaker.tryAcquire()).isNotNull();
        assertThat(transitions).extracting(Transition::to).containsExactly(FORCED_OPEN, CLOSED);
    }

    @Test
    void closingByHandCountsFromZeroAndForgetsCallsUnderWay() {
        Permit underWay = permit();
        fail(2);
        breaker.close("mira", "known and harmless");
        underWay.failure();
        fail(2);

        assertThat(breaker.state()).isEqualTo(CLOSED);
        assertThat(breaker.view().consecutiveFailures()).isEqualTo(2);
        assertThat(transitions).isEmpty();
    }

    @Test
    void resetForgetsTheRefusalsAsWell() {
        fail(3);
        assertThat(breaker.tryAcquire()).isNull();
        breaker.close("mira", "");
        assertThat(breaker.view().refused()).isEqualTo(1);

        breaker.reset("mira", "");
        assertThat(breaker.view().refused()).isZero();
        assertThat(breaker.state()).isEqualTo(CLOSED);
    }

    @Test
    void disabledNeverRefusesAndCountsNothing() {
        fail(3);
        breaker.disable("mira", "load test");
        fail(50);
        assertThat(breaker.state()).isEqualTo(DISABLED);

        Permit late = permit();
        breaker.close("mira", "done");
        late.failure();
        assertThat(breaker.view().consecutiveFailures()).isZero();
    }

    @Test
    void commandsMoveTheCircuit() {
        ChangeNote note = new ChangeNote("console", "drill");
        breaker.apply(BreakerCommand.OPEN, note);
        assertThat(breaker.state()).isEqualTo(FORCED_OPEN);
        breaker.apply(BreakerCommand.CLOSE, note);
        assertThat(breaker.state()).isEqualTo(CLOSED);
        breaker.apply(BreakerCommand.OPEN, note);
        breaker.apply(BreakerCommand.RESET, note);
        assertThat(breaker.state()).isEqualTo(CLOSED);
        assertThat(transitions)
                .hasSize(4)
                .allSatisfy(t -> assertThat(t.why()).isEqualTo(new CircuitReason.ByHand("console", "drill")));
    }

    @Test
    void forcingItOpenAgainKeepsSinceWhenAndAnnouncesNothing() {
        breaker.forceOpen("mira", "first");
        Instant since = breaker.view().since();
        time.advance(Duration.ofSeconds(9));
        breaker.forceOpen("noor", "second");

        assertThat(breaker.view().since()).isEqualTo(since);
        assertThat(breaker.view().lastWhy()).contains(new CircuitReason.ByHand("noor", "second"));
        assertThat(transitions).hasSize(1);
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
