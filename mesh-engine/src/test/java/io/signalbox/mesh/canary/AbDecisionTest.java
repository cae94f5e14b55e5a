package io.signalbox.mesh.canary;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.mesh.canary.SimulatedTraffic.Shape;
import io.signalbox.mesh.metrics.ShareInterval;
import io.signalbox.mesh.model.AbWinner;
import io.signalbox.mesh.model.status.AbOutcome;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Whole experiments over simulated traffic, always the same ones; bounds are held by 95 % intervals of what was observed. */
class AbDecisionTest {

    private static final long SEED = 61_128;
    private static final int EXPERIMENTS = 400;
    private static final int HALF = 50;

    @Test
    void ofEqualVersionsSeldomAnyWins() {
        Map<AbOutcome, Integer> ends = run(rule(AbWinner.Metric.EITHER), Shape.of(20, 0.02, 0.02), EXPERIMENTS);

        int wins = count(ends, AbOutcome.A) + count(ends, AbOutcome.B);
        assertThat(ShareInterval.wilson(wins, EXPERIMENTS, ShareInterval.Z_95).high())
                .isLessThanOrEqualTo(0.05);
        assertThat(count(ends, AbOutcome.NONE)).isEqualTo(EXPERIMENTS - wins);
    }

    @Test
    void theVersionThatFailsLessWinsOnEitherSide() {
        AbWinner rule = rule(AbWinner.Metric.SUCCESS_RATE);
        assertWins(run(rule, Shape.of(20, 0.03, 0.008), 100), AbOutcome.B, 100);
        assertWins(run(rule, Shape.of(20, 0.008, 0.03), 100), AbOutcome.A, 100);
    }

    @Test
    void theFasterVersionWinsOnEitherSide() {
        AbWinner rule = rule(AbWinner.Metric.LATENCY);
        assertWins(run(rule, Shape.of(20, 0.008, 0.008).slower(1.5), 100), AbOutcome.A, 100);
        assertWins(run(rule, Shape.of(20, 0.008, 0.008).slower(1 / 1.5), 100), AbOutcome.B, 100);
    }

    @Test
    void aVersionThatIsFasterAndFailsMoreDoesNotWin() {
        Map<AbOutcome, Integer> ends = run(
                rule(AbWinner.Metric.EITHER, Duration.ofHours(2)),
                Shape.of(20, 0.002, 0.06).slower(0.5),
                50);

        assertThat(count(ends, AbOutcome.NONE)).isEqualTo(50);
    }

    @Test
    void withoutRequestsNobodyEverWins() {
        assertThat(run(rule(AbWinner.Metric.EITHER), Shape.of(0, 0.01, 0.5), 1)).containsOnlyKeys(AbOutcome.NONE);
    }

    @Test
    void nobodyWinsBeforeTheLeastTimeAndTheLeastRequests() {
        AbWinner late = rule(AbWinner.Metric.SUCCESS_RATE, Duration.ofHours(1));
        Course course = new Course(late, Shape.of(20, 0, 0.5), new SplittableRandom(SEED));
        while (course.outcome() == AbOutcome.OPEN) {
            course.look();
        }
        assertThat(course.watched).isEqualTo(Duration.ofHours(1));
        assertThat(course.outcome()).isEqualTo(AbOutcome.A);

        AbWinner many = new AbWinner(
                AbWinner.Metric.SUCCESS_RATE,
                0.005,
                0.99,
                0,
                0.05,
                Duration.ofSeconds(10),
                5_000,
                Duration.ofHours(6),
                AbWinner.Promotion.NONE);
        Course busy = new Course(many, Shape.of(20, 0, 0.5), new SplittableRandom(SEED));
        while (busy.outcome() == AbOutcome.OPEN) {
            busy.look();
        }
        assertThat(busy.evidence.candidateRequests()).isGreaterThanOrEqualTo(5_000);
    }

    private static void assertWins(Map<AbOutcome, Integer> ends, AbOutcome winner, int of) {
        assertThat(ends).containsOnlyKeys(winner).containsEntry(winner, of);
    }

    private static int count(Map<AbOutcome, Integer> ends, AbOutcome outcome) {
        return ends.getOrDefault(outcome, 0);
    }

    private static AbWinner rule(AbWinner.Metric metric) {
        return rule(metric, Duration.ofMinutes(10));
    }

    private static AbWinner rule(AbWinner.Metric metric, Duration least) {
        return new AbWinner(metric, 0.005, 0.99, 0.2, 0.05, least, 100, Duration.ofHours(6), AbWinner.Promotion.NONE);
    }

    private static Map<AbOutcome, Integer> run(AbWinner rule, Shape shape, int experiments) {
        SplittableRandom random = new SplittableRandom(SEED);
        Map<AbOutcome, Integer> ends = new EnumMap<>(AbOutcome.class);
        for (int i = 0; i < experiments; i++) {
            Course course = new Course(rule, shape, random.split());
            while (course.outcome() == AbOutcome.OPEN) {
                course.look();
            }
            ends.merge(course.outcome(), 1, Integer::sum);
        }
        return ends;
    }

    /** One experiment, looked at every ten seconds. */
    private static final class Course {
        private final AbWinner rule;
        private final Criteria criteria;
        private final SimulatedTraffic traffic;
        private Evidence evidence = Evidence.none();
        private Evidence swapped = Evidence.none();
        private Duration watched = Duration.ZERO;

        Course(AbWinner rule, Shape shape, SplittableRandom random) {
            this.rule = rule;
            var asked = rule.criteria();
            criteria = new Criteria(
                    asked.falseRollback(),
                    asked.falseAdvance(),
                    asked.successMargin(),
                    asked.latencyQuantile(),
                    asked.latencyMargin() == 0 ? null : asked.latencyMargin(),
                    0,
                    null,
                    asked.stableObjective(),
                    asked.minimumRequests());
            traffic = new SimulatedTraffic(shape, random);
        }

        void look() {
            Window window = traffic.next(HALF);
            evidence = evidence.plus(window, criteria);
            swapped = swapped.plus(window.swapped(), criteria);
            watched = watched.plus(window.span());
        }

        AbOutcome outcome() {
            return new AbDecision(rule, evidence, swapped, criteria).after(watched);
        }
    }
}
