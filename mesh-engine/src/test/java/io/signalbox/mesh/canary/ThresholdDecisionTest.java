package io.signalbox.mesh.canary;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.mesh.canary.Check.Name;
import io.signalbox.mesh.canary.Verdict.Advance;
import io.signalbox.mesh.canary.Verdict.EnvironmentBad;
import io.signalbox.mesh.canary.Verdict.NotEnough;
import io.signalbox.mesh.canary.Verdict.RollBack;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ThresholdDecisionTest {

    private static final Duration SPAN = Duration.ofSeconds(10);
    private static final long FAST = 40_000_000;

    @Test
    void nothingKnownIsNotEnough() {
        assertThat(ThresholdDecision.decide(Evidence.none(), Criteria.DEFAULT))
                .isInstanceOfSatisfying(NotEnough.class, verdict -> {
                    assertThat(verdict.why()).isEqualTo("The candidate had no request in this step.");
                    assertThat(verdict.moreRequests()).isEqualTo(30);
                    assertThat(verdict.atThisRate()).isNull();
                    assertThat(verdict.checks())
                            .extracting(Check::name)
                            .containsExactly(Name.SUCCESS_RATE, Name.STABLE, Name.REQUESTS);
                });
    }

    @Test
    void whoKeepsTheThresholdAdvancesThoughStableIsBetterInOtherHands() {
        Evidence evidence = times(40, window(900, 0, 10, 0)).plus(window(900, 0, 10, 1), Criteria.DEFAULT);
        assertThat(ThresholdDecision.decide(evidence, Criteria.DEFAULT))
                .isInstanceOfSatisfying(
                        Advance.class,
                        verdict -> assertThat(verdict.why())
                                .isEqualTo("The candidate keeps its fixed thresholds: it fails 0.24 % of its 410"
                                        + " requests; it is not compared with stable here."));
    }

    @Test
    void tooFewRequestsAreNotEnoughAndItSaysHowManyAreMissing() {
        Evidence evidence = times(4, window(100, 0, 5, 0));
        assertThat(ThresholdDecision.decide(evidence, Criteria.DEFAULT))
                .isInstanceOfSatisfying(NotEnough.class, verdict -> {
                    assertThat(verdict.moreRequests()).isEqualTo(10);
                    assertThat(verdict.atThisRate()).isEqualTo(Duration.ofSeconds(20));
                    assertThat(verdict.why())
                            .isEqualTo("The candidate fails 0 % of its 20 requests, of which at least 30 are needed"
                                    + " and the fixed thresholds kept.");
                });
    }

    @Test
    void whoSurelyBreaksTheThresholdIsRolledBack() {
        Evidence evidence = times(20, window(100, 0, 5, 1));
        assertThat(ThresholdDecision.decide(evidence, Criteria.DEFAULT)).isInstanceOf(RollBack.class);
    }

    @Test
    void whoIsTooSlowIsRolledBack() {
        Criteria criteria = CriteriaDraft.of(Criteria.DEFAULT)
                .maxLatency(Duration.ofMillis(10))
                .done();
        Evidence evidence = Evidence.none();
        for (int i = 0; i < 20; i++) {
            evidence = evidence.plus(window(100, 0, 5, 0), criteria);
        }
        assertThat(ThresholdDecision.decide(evidence, criteria)).isInstanceOf(RollBack.class);
    }

    @Test
    void nobodyIsBlamedWhileStableBreaksItsOwnObjective() {
        Evidence evidence = times(20, window(100, 10, 5, 1));
        assertThat(ThresholdDecision.decide(evidence, Criteria.DEFAULT)).isInstanceOf(EnvironmentBad.class);
    }

    @Test
    void whatGetsAllTheTrafficIsHeldByItsThresholds() {
        assertThat(ThresholdDecision.decide(times(20, window(0, 0, 100, 0)), Criteria.DEFAULT))
                .isInstanceOf(Advance.class);
        assertThat(ThresholdDecision.decide(times(20, window(0, 0, 100, 5)), Criteria.DEFAULT))
                .isInstanceOf(RollBack.class);
    }

    @Test
    void oneThatJustKeepsItsThresholdIsRarelyEverRolledBack() {
        Random random = new Random(20_261_127);
        int rolledBack = 0;
        for (int run = 0; run < 400; run++) {
            Evidence evidence = Evidence.none();
            for (int look = 0; look < 500; look++) {
                int failures = 0;
                for (int request = 0; request < 20; request++) {
                    failures += random.nextDouble() < 0.01 ? 1 : 0;
                }
                evidence = evidence.plus(window(100, 0, 20, failures), Criteria.DEFAULT);
                if (ThresholdDecision.decide(evidence, Criteria.DEFAULT) instanceof RollBack) {
                    rolledBack++;
                    break;
                }
            }
        }
        assertThat(rolledBack).isLessThanOrEqualTo(20);
    }

    private static Evidence times(int times, Window window) {
        Evidence evidence = Evidence.none();
        for (int i = 0; i < times; i++) {
            evidence = evidence.plus(window, Criteria.DEFAULT);
        }
        return evidence;
    }

    private static Window window(long stable, long stableFailures, long candidate, long candidateFailures) {
        return new Window(SPAN, slice(stable, stableFailures), slice(candidate, candidateFailures));
    }

    private static Slice slice(long requests, long failures) {
        Latencies.Counter latency = new Latencies.Counter();
        latency.add(FAST, requests);
        return new Slice(requests, failures, latency.total());
    }
}
