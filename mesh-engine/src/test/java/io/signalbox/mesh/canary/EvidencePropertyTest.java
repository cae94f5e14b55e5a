package io.signalbox.mesh.canary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.mesh.canary.Check.State;
import io.signalbox.mesh.model.InvalidValueException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What holds for any windows whatever; the seed is in each failure's description. */
class EvidencePropertyTest {

    private static final int RUNS = 200;
    private static final long HUGE = 1_000_000_000_000L;
    private static final Criteria ALL = CriteriaDraft.of(Criteria.DEFAULT)
            .maxLatency(Duration.ofMillis(200))
            .done();

    @Test
    void noNumberIsEverNaNAndEveryPositionLiesBetweenItsBorders() {
        for (int seed = 0; seed < RUNS; seed++) {
            Random random = new Random(seed);
            Evidence evidence = Evidence.none();
            for (int i = 0; i < 50; i++) {
                evidence = evidence.plus(any(random), ALL);
                evidence = random.nextInt(10) == 0 ? evidence.atNewStep() : evidence;
                Verdict verdict = CanaryDecision.decide(evidence, ALL);
                // Check and Position refuse to be made of anything else.
                assertThat(verdict.checks()).as("seed " + seed).hasSize(6);
                assertThat(verdict.position().onLine()).as("seed " + seed).isBetween(-1.0, 1.0);
                assertThat(verdict.why()).as("seed " + seed).endsWith(".").doesNotContain("NaN", "Infinity", "-");
                assertThat(evidence.success().worse().logs()).as("seed " + seed).allMatch(Double::isFinite);
                assertThat(evidence.success().close().logs()).as("seed " + seed).allMatch(Double::isFinite);
                assertThat(evidence.latency().slower().logs())
                        .as("seed " + seed)
                        .allMatch(Double::isFinite);
                assertThat(evidence.latency().close().logs()).as("seed " + seed).allMatch(Double::isFinite);
            }
        }
    }

    @Test
    void theSameWindowsGiveTheSameVerdict() {
        for (int seed = 0; seed < RUNS; seed++) {
            assertThat(verdict(windows(seed))).as("seed " + seed).isEqualTo(verdict(windows(seed)));
        }
    }

    @Test
    void lookingChangesNothing() {
        for (int seed = 0; seed < RUNS; seed++) {
            Evidence looked = Evidence.none();
            Evidence blind = Evidence.none();
            for (Window window : windows(seed)) {
                looked = looked.plus(window, ALL);
                Verdict first = CanaryDecision.decide(looked, ALL);
                assertThat(CanaryDecision.decide(looked, ALL))
                        .as("seed " + seed)
                        .isEqualTo(first);
                blind = blind.plus(window, ALL);
            }
            assertThat(looked).as("seed " + seed).isEqualTo(blind);
        }
    }

    @Test
    void oneMoreFailureOfTheCandidateIsNeverInItsFavour() {
        for (int seed = 0; seed < RUNS; seed++) {
            Random random = new Random(seed);
            Evidence before = gather(windows(seed));
            Window window = moderate(random);
            Slice candidate = window.candidate();
            if (candidate.failures() < candidate.requests()) {
                Window worse = new Window(window.span(), window.stable(), failing(candidate, candidate.failures() + 1));
                SuccessEvidence less = before.plus(window, ALL).success();
                SuccessEvidence more = before.plus(worse, ALL).success();
                assertThat(more.worse().log())
                        .as("seed " + seed)
                        .isGreaterThanOrEqualTo(less.worse().log());
                assertThat(more.close().log())
                        .as("seed " + seed)
                        .isLessThanOrEqualTo(less.close().log());
                assertThat(more.strata().difference())
                        .as("seed " + seed)
                        .isGreaterThanOrEqualTo(less.strata().difference());
            }
        }
    }

    @Test
    void oneMoreFailureOfStableIsNeverAgainstTheCandidate() {
        for (int seed = 0; seed < RUNS; seed++) {
            Random random = new Random(seed);
            Evidence before = gather(windows(seed));
            Window window = moderate(random);
            Slice stable = window.stable();
            if (stable.failures() < stable.requests()) {
                Window worse = new Window(window.span(), failing(stable, stable.failures() + 1), window.candidate());
                SuccessEvidence less = before.plus(window, ALL).success();
                SuccessEvidence more = before.plus(worse, ALL).success();
                assertThat(more.worse().log())
                        .as("seed " + seed)
                        .isLessThanOrEqualTo(less.worse().log());
                assertThat(more.close().log())
                        .as("seed " + seed)
                        .isGreaterThanOrEqualTo(less.close().log() - 1e-9);
            }
        }
    }

    @Test
    void movedWeightsInADriftingEnvironmentDoNotPassForADifference() {
        Criteria criteria =
                CriteriaDraft.of(Criteria.DEFAULT).latency(0.99, null).done();
        // Added up over both windows the candidate fails 2.6 % and stable 1.4 %, though in each window they are alike.
        Window quiet = new Window(Duration.ofSeconds(10), slice(900, 9), slice(100, 1));
        Window rough = new Window(Duration.ofSeconds(10), slice(100, 5), slice(100, 5));
        Evidence evidence = Evidence.none();
        for (int i = 0; i < 500; i++) {
            evidence = evidence.plus(i < 250 ? quiet : rough, criteria);
        }
        assertThat(evidence.success().strata().difference()).isZero();
        assertThat(CanaryDecision.decide(evidence, criteria)).isNotInstanceOf(Verdict.RollBack.class);
    }

    @Test
    void hugeCountsAreJudgedLikeSmallOnes() {
        Criteria criteria =
                CriteriaDraft.of(Criteria.DEFAULT).latency(0.99, null).done();
        Window equal = new Window(Duration.ofSeconds(10), slice(HUGE, HUGE / 200), slice(HUGE, HUGE / 200));
        Window worse = new Window(Duration.ofSeconds(10), slice(HUGE, HUGE / 200), slice(HUGE, HUGE / 50));
        assertThat(CanaryDecision.decide(gather(List.of(equal, equal), criteria), criteria))
                .isInstanceOf(Verdict.Advance.class);
        assertThat(CanaryDecision.decide(gather(List.of(worse, worse), criteria), criteria))
                .isInstanceOf(Verdict.RollBack.class);
    }

    @Test
    void everythingFailingEverywhereIsTheEnvironment() {
        Window dead = new Window(Duration.ofSeconds(10), slice(90, 90), slice(10, 10));
        assertThat(verdict(List.of(dead, dead, dead, dead))).isInstanceOf(Verdict.EnvironmentBad.class);
    }

    @Test
    void oneSidedEvidenceLeavesComparisonsOpen() {
        Window onlyStable = new Window(Duration.ofSeconds(10), slice(1_000, 3), Slice.NONE);
        Window onlyCandidate = new Window(Duration.ofSeconds(10), Slice.NONE, slice(1_000, 3));
        for (Window window : List.of(onlyStable, onlyCandidate)) {
            Verdict verdict = verdict(List.of(window, window, window));
            assertThat(verdict).isInstanceOf(Verdict.NotEnough.class);
            assertThat(verdict.checks().getFirst().state()).isEqualTo(State.OPEN);
        }
    }

    @Test
    void evidenceDoesNotGrowWithTime() {
        Evidence early = gather(windows(1));
        Evidence late = early;
        for (int i = 0; i < 100; i++) {
            for (Window window : windows(i)) {
                late = late.plus(window, ALL);
            }
        }
        assertThat(late.toString().length()).isLessThan(early.toString().length() + Latencies.SLOTS * 2 * 22);
    }

    @Test
    void impossibleCountsAreRefused() {
        assertThatThrownBy(() -> slice(1, 2))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("failures: 2 (expected: 0..1)");
        assertThatThrownBy(() -> slice(-1, 0)).hasMessage("requests: -1 (expected: >= 0)");
        assertThatThrownBy(() -> new Latencies(List.of(1L, -1L))).hasMessage("latency count: -1 (expected: >= 0)");
        assertThatThrownBy(() -> new Window(Duration.ZERO, Slice.NONE, Slice.NONE))
                .hasMessage("window.span: PT0S (expected: more than zero)");
        assertThatThrownBy(
                        () -> CriteriaDraft.of(Criteria.DEFAULT).errors(0, 0.05).done())
                .hasMessage("alpha: 0.0 (expected: 1.0E-6..0.5)");
    }

    private static Verdict verdict(List<Window> windows) {
        return CanaryDecision.decide(gather(windows), ALL);
    }

    private static Evidence gather(List<Window> windows) {
        return gather(windows, ALL);
    }

    private static Evidence gather(List<Window> windows, Criteria criteria) {
        Evidence evidence = Evidence.none();
        for (Window window : windows) {
            evidence = evidence.plus(window, criteria);
        }
        return evidence;
    }

    private static List<Window> windows(long seed) {
        Random random = new Random(seed);
        return random.ints(30).mapToObj(_ -> moderate(random)).toList();
    }

    /** Anything that can be counted, with all that is awkward among it. */
    private static Window any(Random random) {
        return switch (random.nextInt(6)) {
            case 0 -> new Window(Duration.ofNanos(1), Slice.NONE, Slice.NONE);
            case 1 ->
                new Window(
                        Duration.ofDays(400), slice(HUGE, random.nextLong(HUGE)), slice(HUGE, random.nextLong(HUGE)));
            case 2 -> new Window(Duration.ofSeconds(10), slice(1, 1), slice(HUGE, 0));
            case 3 -> new Window(Duration.ofSeconds(10), slice(HUGE, HUGE), slice(1, 0));
            default -> moderate(random);
        };
    }

    private static Window moderate(Random random) {
        return new Window(Duration.ofSeconds(10), someSlice(random), someSlice(random));
    }

    private static Slice someSlice(Random random) {
        long requests = random.nextInt(4) == 0 ? 0 : random.nextInt(500);
        long failures = requests == 0 ? 0 : random.nextLong(requests + 1) / (1 + random.nextInt(50));
        Latencies.Counter latency = new Latencies.Counter();
        for (long i = 0; i < requests; i++) {
            latency.add((long) Math.exp(10 + random.nextInt(16)), 1);
        }
        return new Slice(requests, failures, latency.total());
    }

    private static Slice slice(long requests, long failures) {
        return new Slice(requests, failures, Latencies.NONE);
    }

    private static Slice failing(Slice slice, long failures) {
        return new Slice(slice.requests(), failures, slice.latency());
    }
}
