package io.signalbox.mesh.canary;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.mesh.canary.SimulatedRollout.End;
import io.signalbox.mesh.canary.SimulatedTraffic.Shape;
import io.signalbox.mesh.canary.VerdictSimulation.Case;
import io.signalbox.mesh.canary.VerdictSimulation.Result;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * A short form of {@code bench/verdict}: a few hundred whole rollouts a case, always the same ones. Each bound is held by the
 * whole 95 % interval of what was observed.
 */
class VerdictSimulationTest {

    private static final long SEED = 61_127;
    private static final Duration LONG = Duration.ofDays(7);

    @Test
    void anEqualCandidateIsSeldomRolledBackAndMostlyPromoted() {
        Result result = run("equal", Shape.of(20, 0.008, 0.008), LONG, 400);
        assertThat(result.share(End.ROLLED_BACK).high()).isLessThanOrEqualTo(0.05);
        assertThat(result.share(End.PROMOTED).low()).isGreaterThanOrEqualTo(0.9);
    }

    @Test
    void anEnvironmentThatSwingsIsNotHeldAgainstTheCandidate() {
        Result result = run("swinging", Shape.of(20, 0.008, 0.008).swinging(0.75), LONG, 400);
        assertThat(result.share(End.ROLLED_BACK).high()).isLessThanOrEqualTo(0.06);
    }

    @Test
    void aBadCandidateIsRolledBackEvenWithOneRequestASecond() {
        Result result = run("3 % against 0.8 %", Shape.of(1, 0.008, 0.03), LONG, 400);
        assertThat(result.share(End.ROLLED_BACK).low()).isGreaterThanOrEqualTo(0.99);
    }

    @Test
    void aCandidateWorseByLittleMoreThanTheMarginIsRolledBack() {
        Result result = run("0.7 % against 0.1 %", Shape.of(20, 0.001, 0.007), LONG, 200);
        assertThat(result.share(End.ROLLED_BACK).low()).isGreaterThanOrEqualTo(0.95);
    }

    @Test
    void aBadEnvironmentHoldsAndIsNotBlamedOnTheCandidate() {
        Result result = run("both 3 %", Shape.of(20, 0.03, 0.03), Duration.ofHours(1), 400);
        assertThat(result.neverAdvanced().low()).isGreaterThanOrEqualTo(0.95);
        assertThat(result.share(End.ROLLED_BACK).low()).isLessThanOrEqualTo(0.01);
        assertThat(result.share(End.ROLLED_BACK).share()).isLessThanOrEqualTo(0.01);
    }

    @Test
    void withoutTrafficNothingMoves() {
        Result result = run("no traffic", Shape.of(0, 0.008, 0.008), Duration.ofDays(1), 1);
        assertThat(result.neverAdvanced().share()).isEqualTo(1);
    }

    @Test
    void aSlowerCandidateIsRolledBack() {
        Result result = run("p99 +30 %", Shape.of(20, 0.008, 0.008).slower(1.3), LONG, 400);
        assertThat(result.share(End.ROLLED_BACK).low()).isGreaterThanOrEqualTo(0.95);
    }

    @Test
    void aCandidateThatTurnsBadWithItsShareIsRolledBackInTime() {
        Result result = run("late", Shape.of(20, 0.008, 0.03).badFrom(50), LONG, 200);
        assertThat(result.share(End.ROLLED_BACK).low()).isGreaterThanOrEqualTo(0.95);
    }

    private static Result run(String name, Shape shape, Duration longest, int rollouts) {
        Case of = new Case(name, shape, longest);
        return VerdictSimulation.run(of, VerdictSimulation.byEvidence(Criteria.DEFAULT), rollouts, SEED);
    }
}
