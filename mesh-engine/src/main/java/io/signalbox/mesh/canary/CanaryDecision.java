package io.signalbox.mesh.canary;

import io.signalbox.mesh.canary.Check.Name;
import io.signalbox.mesh.canary.Check.State;
import io.signalbox.mesh.model.status.VerdictReason;

/**
 * From evidence to a verdict: a pure function, which may be asked at any time and as often as one likes without changing how
 * often it is wrong.
 *
 * <p>Hypotheses, formulas, sources and limits are in {@code docs/verdict.md}.
 */
public final class CanaryDecision {

    /** What a position comes to that is not at its border, however near. */
    private static final double SHORT_OF_BORDER = 0.999;

    private CanaryDecision() {}

    /**
     * What the evidence says by these criteria; what was gathered for others says nothing.
     *
     * <p>While stable has no traffic at all, nothing can be compared: the verdict then rests on what was seen before, and on
     * the fixed thresholds.
     */
    public static Verdict decide(Evidence evidence, Criteria criteria) {
        Evidence fit = evidence.gatheredFor(criteria);
        Judgement judgement = new Judgement(fit, criteria);
        Grounds why = new Grounds(fit, criteria);
        if (judgement.is(Name.SUCCESS, State.BROKEN)) {
            return rollBack(judgement, why.failsMore());
        }
        if (judgement.is(Name.LATENCY, State.BROKEN)) {
            return rollBack(judgement, why.slower());
        }
        if (judgement.environmentBad()) {
            return new Verdict.EnvironmentBad(judgement.checks(), between(judgement), why.environment());
        }
        if (judgement.is(Name.SUCCESS_RATE, State.BROKEN) && (judgement.failsMore() || judgement.alone())) {
            return rollBack(judgement, why.breaks(Name.SUCCESS_RATE));
        }
        if (judgement.is(Name.MAX_LATENCY, State.BROKEN) && (judgement.slower() || judgement.alone())) {
            return rollBack(judgement, why.breaks(Name.MAX_LATENCY));
        }
        if (allMet(judgement)) {
            return new Verdict.Advance(
                    judgement.checks(),
                    new Position(toRollBack(judgement), 1),
                    judgement.alone() ? new VerdictReason.KeepsThresholds() : why.advance());
        }
        Forecast forecast = Forecast.of(fit, criteria, judgement);
        return new Verdict.NotEnough(
                judgement.checks(),
                between(judgement),
                why.notEnough(judgement, forecast),
                forecast.requests().orElse(0),
                forecast.time());
    }

    static boolean allMet(Judgement judgement) {
        return judgement.checks().stream().allMatch(check -> check.state() == State.MET);
    }

    static Verdict rollBack(Judgement judgement, VerdictReason why) {
        return new Verdict.RollBack(judgement.checks(), new Position(1, toAdvance(judgement)), why);
    }

    static Position between(Judgement judgement) {
        return new Position(toRollBack(judgement), toAdvance(judgement));
    }

    static double toRollBack(Judgement judgement) {
        return Math.min(
                SHORT_OF_BORDER,
                judgement.checks().stream()
                        .mapToDouble(check -> check.position().toRollBack())
                        .max()
                        .orElse(0));
    }

    private static double toAdvance(Judgement judgement) {
        return Math.min(
                SHORT_OF_BORDER,
                judgement.checks().stream()
                        .mapToDouble(check -> check.position().toAdvance())
                        .min()
                        .orElse(0));
    }
}
