package io.signalbox.mesh.canary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.signalbox.mesh.canary.Check.Name;
import io.signalbox.mesh.canary.Check.State;
import io.signalbox.mesh.canary.Verdict.Advance;
import io.signalbox.mesh.canary.Verdict.EnvironmentBad;
import io.signalbox.mesh.canary.Verdict.NotEnough;
import io.signalbox.mesh.canary.Verdict.RollBack;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CanaryDecisionTest {

    private static final Criteria DEFAULT = Criteria.DEFAULT;
    private static final Criteria SUCCESS_ONLY =
            CriteriaDraft.of(DEFAULT).latency(0.99, null).done();
    private static final Duration SPAN = Duration.ofSeconds(10);
    private static final long FAST = 40_000_000;

    @Test
    void nothingKnownIsNotEnough() {
        assertThat(CanaryDecision.decide(Evidence.none(), DEFAULT)).isInstanceOfSatisfying(NotEnough.class, verdict -> {
            assertThat(verdict.why()).isEqualTo("The candidate had no request in this step.");
            assertThat(verdict.atThisRate()).isNull();
            assertThat(verdict.moreRequests()).isPositive();
            assertThat(verdict.position().onLine()).isCloseTo(0, within(1e-9));
            assertThat(verdict.checks())
                    .extracting(Check::name)
                    .containsExactly(Name.SUCCESS, Name.LATENCY, Name.SUCCESS_RATE, Name.STABLE, Name.REQUESTS);
        });
    }

    @Test
    void aWeekWithoutTrafficNeverAdvances() {
        Evidence evidence = times(60_480, Evidence.none(), window(0, 0, 0, 0), DEFAULT);
        assertThat(CanaryDecision.decide(evidence, DEFAULT)).isInstanceOf(NotEnough.class);
    }

    @Test
    void aCandidateThatNobodyCallsNeverAdvances() {
        Evidence evidence = times(5_000, Evidence.none(), window(1_000, 5, 0, 0), DEFAULT);
        assertThat(CanaryDecision.decide(evidence, DEFAULT)).isInstanceOf(NotEnough.class);
    }

    @Test
    void aCandidateWithNoStableBesideItNeverAdvancesFromTheBegin() {
        Evidence evidence = times(5_000, Evidence.none(), window(0, 0, 1_000, 0), DEFAULT);
        assertThat(CanaryDecision.decide(evidence, DEFAULT)).isInstanceOf(NotEnough.class);
    }

    @Test
    void aCandidateThatIsAsGoodAsStableAdvances() {
        Evidence evidence = times(100, Evidence.none(), window(900, 7, 100, 1), SUCCESS_ONLY)
                .plus(window(900, 7, 100, 0), SUCCESS_ONLY);
        assertThat(CanaryDecision.decide(times(100, evidence, window(900, 7, 100, 0), SUCCESS_ONLY), SUCCESS_ONLY))
                .isInstanceOfSatisfying(Advance.class, verdict -> {
                    assertThat(verdict.position().onLine()).isGreaterThan(0.5);
                    assertThat(verdict.why()).startsWith("The candidate is not worse: it fails 0.5 % of its requests");
                    assertThat(verdict.checks()).extracting(Check::state).containsOnly(State.MET);
                });
    }

    @Test
    void latencyThatWasNeverTimedKeepsACandidateFromAdvancing() {
        Evidence evidence = times(1_000, Evidence.none(), window(900, 7, 100, 0), DEFAULT);
        assertThat(CanaryDecision.decide(evidence, DEFAULT)).isInstanceOf(NotEnough.class);
    }

    @Test
    void aFastCandidateAdvancesWithLatencyCompared() {
        Evidence evidence = times(1_000, Evidence.none(), timed(900, FAST, 100, FAST), DEFAULT);
        assertThat(CanaryDecision.decide(evidence, DEFAULT)).isInstanceOf(Advance.class);
    }

    @Test
    void aCandidateThatFailsMoreIsRolledBack() {
        Evidence evidence = times(30, Evidence.none(), window(90, 1, 10, 2), DEFAULT);
        assertThat(CanaryDecision.decide(evidence, DEFAULT)).isInstanceOfSatisfying(RollBack.class, verdict -> {
            assertThat(verdict.position().onLine()).isEqualTo(-1);
            assertThat(verdict.why())
                    .isEqualTo("The candidate fails more often: 20 % of its 300 requests, stable 1.1 % of 2,700 in the"
                            + " same time.");
        });
    }

    @Test
    void oneUnluckyRequestRollsNothingBack() {
        Evidence evidence =
                times(30, Evidence.none(), window(9, 0, 1, 0), DEFAULT).plus(window(9, 0, 1, 1), DEFAULT);
        assertThat(CanaryDecision.decide(evidence, DEFAULT)).isInstanceOf(NotEnough.class);
    }

    @Test
    void aSlowerCandidateIsRolledBackThoughItFailsNothing() {
        Evidence evidence = times(100, Evidence.none(), timed(900, FAST, 100, FAST * 13 / 10), DEFAULT);
        assertThat(CanaryDecision.decide(evidence, DEFAULT))
                .isInstanceOfSatisfying(
                        RollBack.class,
                        verdict -> assertThat(verdict.why()).startsWith("The candidate is slower: p99 "));
    }

    @Test
    void aCandidateThatIsWorseBySurelyLessThanTheMarginMayGoOn() {
        Criteria wide = CriteriaDraft.of(SUCCESS_ONLY).successMargin(0.05).done();
        Evidence evidence = times(
                2_000,
                Evidence.none(),
                window(900, 4, 100, 1),
                CriteriaDraft.of(wide).successRate(0.9).done());
        assertThat(CanaryDecision.decide(
                        evidence, CriteriaDraft.of(wide).successRate(0.9).done()))
                .isInstanceOf(Advance.class);
    }

    @Test
    void whatBreaksItsThresholdAndIsWorseIsRolledBackThoughWithinTheMargin() {
        Criteria wide = CriteriaDraft.of(SUCCESS_ONLY)
                .successMargin(0.05)
                .successRate(0.995)
                .done();
        Evidence evidence = times(
                2_000,
                Evidence.none(),
                window(900, 2, 100, 1),
                CriteriaDraft.of(wide).stableObjective(0.99).done());
        assertThat(CanaryDecision.decide(
                        evidence, CriteriaDraft.of(wide).stableObjective(0.99).done()))
                .isInstanceOfSatisfying(
                        RollBack.class,
                        verdict -> assertThat(verdict.why())
                                .isEqualTo("The candidate fails 1 % of its requests; at most 0.5 % may fail."));
    }

    @Test
    void aBadEnvironmentHoldsAndBlamesNobody() {
        Evidence evidence = times(200, Evidence.none(), window(900, 27, 100, 3), DEFAULT);
        assertThat(CanaryDecision.decide(evidence, DEFAULT))
                .isInstanceOfSatisfying(
                        EnvironmentBad.class,
                        verdict -> assertThat(verdict.why())
                                .startsWith("Stable itself fails 3 % of its requests (at most 1 %"));
    }

    @Test
    void aCandidateThatIsClearlyWorseIsRolledBackInABadEnvironmentToo() {
        Evidence evidence = times(200, Evidence.none(), window(900, 27, 100, 30), DEFAULT);
        assertThat(CanaryDecision.decide(evidence, DEFAULT)).isInstanceOf(RollBack.class);
    }

    @Test
    void anEnvironmentThatRecoversIsForgiven() {
        Evidence bad = times(200, Evidence.none(), window(900, 27, 100, 3), SUCCESS_ONLY);
        Evidence good = times(400, bad, window(900, 4, 100, 0), SUCCESS_ONLY);
        assertThat(CanaryDecision.decide(good, SUCCESS_ONLY)).isInstanceOf(Advance.class);
    }

    @Test
    void eachStepNeedsItsOwnRequests() {
        Evidence evidence = times(1_000, Evidence.none(), timed(900, FAST, 100, FAST), DEFAULT);
        Evidence next = evidence.atNewStep();
        assertThat(CanaryDecision.decide(next, DEFAULT)).isInstanceOf(NotEnough.class);
        assertThat(next.candidateRequestsInStep()).isZero();
        assertThat(next.candidateRequests()).isEqualTo(100_000);
        assertThat(CanaryDecision.decide(next.plus(timed(900, FAST, 100, FAST), DEFAULT), DEFAULT))
                .isInstanceOf(Advance.class);
    }

    @Test
    void withAllTheTrafficFixedThresholdsAreLeft() {
        Evidence compared = times(1_000, Evidence.none(), timed(500, FAST, 500, FAST), DEFAULT)
                .atNewStep();
        Evidence good = times(10, compared, timed(0, FAST, 1_000, FAST), DEFAULT);
        assertThat(CanaryDecision.decide(good, DEFAULT))
                .isInstanceOfSatisfying(
                        Advance.class,
                        verdict -> assertThat(verdict.why())
                                .startsWith("The candidate keeps its thresholds with all the traffic"));
        Evidence bad = times(10, good, window(0, 0, 1_000, 50), DEFAULT);
        assertThat(CanaryDecision.decide(bad, DEFAULT)).isInstanceOf(RollBack.class);
    }

    @Test
    void manyRequestsToTheCandidateAloneDoNotTakeItsPromotionAway() {
        Evidence compared = times(1_000, Evidence.none(), timed(500, FAST, 500, FAST), DEFAULT)
                .atNewStep();
        Evidence busy = times(60, compared, timed(0, FAST, 10_000, FAST), DEFAULT);
        assertThat(CanaryDecision.decide(busy, DEFAULT)).isInstanceOf(Advance.class);
        assertThat(busy.recent().stable().requests()).isPositive();
    }

    @Test
    void anEnvironmentThatWasBadExcusesNoCandidateThatIsAlone() {
        Evidence bad = times(200, Evidence.none(), window(900, 27, 100, 3), DEFAULT);
        assertThat(CanaryDecision.decide(bad, DEFAULT)).isInstanceOf(EnvironmentBad.class);
        Evidence dead = times(10, bad.atNewStep(), window(0, 0, 1_000, 1_000), DEFAULT);
        assertThat(CanaryDecision.decide(dead, DEFAULT)).isInstanceOf(RollBack.class);
    }

    @Test
    void theLongestLatencyIsAThresholdToo() {
        Criteria criteria =
                CriteriaDraft.of(DEFAULT).maxLatency(Duration.ofMillis(20)).done();
        Evidence compared = times(1_000, Evidence.none(), timed(500, FAST, 500, FAST), criteria);
        assertThat(CanaryDecision.decide(compared, criteria)).isInstanceOf(NotEnough.class);
        Evidence alone = times(10, compared, timed(0, FAST, 1_000, FAST), criteria);
        assertThat(CanaryDecision.decide(alone, criteria))
                .isInstanceOfSatisfying(
                        RollBack.class, verdict -> assertThat(verdict.why()).endsWith("longer than it may be."));
    }

    @Test
    void evidenceForOneMarginSaysNothingAboutAnother() {
        Evidence evidence = times(1_000, Evidence.none(), timed(900, FAST, 100, FAST), DEFAULT);
        Criteria other = CriteriaDraft.of(DEFAULT).successMargin(0.01).done();
        assertThat(CanaryDecision.decide(evidence, other)).isInstanceOf(NotEnough.class);
        assertThat(evidence.plus(timed(900, FAST, 100, FAST), other))
                .isEqualTo(Evidence.none().plus(timed(900, FAST, 100, FAST), other));
        assertThat(CanaryDecision.decide(
                        evidence, CriteriaDraft.of(DEFAULT).errors(0.01, 0.04).done()))
                .isInstanceOf(Advance.class);
    }

    @Test
    void theForecastSaysHowMuchIsMissing() {
        Evidence evidence = times(30, Evidence.none(), window(180, 1, 20, 0), SUCCESS_ONLY);
        assertThat(CanaryDecision.decide(evidence, SUCCESS_ONLY)).isInstanceOfSatisfying(NotEnough.class, verdict -> {
            assertThat(verdict.moreRequests()).isBetween(500L, 50_000L);
            assertThat(verdict.atThisRate()).isEqualTo(Duration.ofSeconds(Math.round(verdict.moreRequests() / 20.0)));
            assertThat(verdict.why())
                    .startsWith("6,000 requests do not tell whether the candidate is as good as stable: about ");
        });
    }

    @Test
    void whatCannotBeForeseenIsSaidAndGivenNoNumber() {
        // just at the quantile lies a gap: whoever was slower by the margin would look the same
        Latencies stable = new Latencies.Counter()
                .add(FAST, 98_999)
                .add(3 * FAST, 2)
                .add(30 * FAST, 999)
                .total();
        Latencies candidate =
                new Latencies.Counter().add(FAST, 99).add(30 * FAST, 1).total();
        Window gap = new Window(SPAN, new Slice(100_000, 0, stable), new Slice(100, 0, candidate));
        Evidence evidence = Evidence.none().plus(gap, DEFAULT);
        assertThat(CanaryDecision.decide(evidence, DEFAULT)).isInstanceOfSatisfying(NotEnough.class, verdict -> {
            assertThat(verdict.moreRequests()).isZero();
            assertThat(verdict.atThisRate()).isNull();
            assertThat(verdict.why()).endsWith(": how many more are needed cannot be told yet.");
        });
    }

    @Test
    void aForecastOfMoreThanAYearNamesNoTime() {
        Window rare = new Window(Duration.ofDays(2), new Slice(9, 0, Latencies.NONE), new Slice(1, 0, Latencies.NONE));
        assertThat(CanaryDecision.decide(times(10, Evidence.none(), rare, SUCCESS_ONLY), SUCCESS_ONLY))
                .isInstanceOfSatisfying(NotEnough.class, verdict -> {
                    assertThat(verdict.moreRequests()).isBetween(1_825L, 100_000L);
                    assertThat(verdict.atThisRate()).isNull();
                    assertThat(verdict.why()).endsWith(" more are needed.");
                });
    }

    private static Evidence times(int windows, Evidence evidence, Window window, Criteria criteria) {
        Evidence sum = evidence;
        for (int i = 0; i < windows; i++) {
            sum = sum.plus(window, criteria);
        }
        return sum;
    }

    private static Window window(long stable, long stableFailures, long candidate, long candidateFailures) {
        return new Window(
                SPAN,
                new Slice(stable, stableFailures, Latencies.NONE),
                new Slice(candidate, candidateFailures, Latencies.NONE));
    }

    /** One request in fifty takes three times as long as the others. */
    private static Window timed(long stable, long stableNanos, long candidate, long candidateNanos) {
        return new Window(
                SPAN,
                new Slice(stable, 0, spread(stable, stableNanos)),
                new Slice(candidate, 0, spread(candidate, candidateNanos)));
    }

    private static Latencies spread(long requests, long nanos) {
        return new Latencies.Counter()
                .add(nanos, requests - requests / 50)
                .add(3 * nanos, requests / 50)
                .total();
    }
}
