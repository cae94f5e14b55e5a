package io.signalbox.mesh.canary;

import io.signalbox.mesh.canary.Check.Name;
import io.signalbox.mesh.canary.Check.State;
import io.signalbox.mesh.model.status.VerdictReason;

/**
 * From evidence to a verdict where the versions cannot be compared, since nobody dealt the calls to them by chance, or none
 * go to stable: by the fixed thresholds alone. A pure function, which may be asked at any time like {@link CanaryDecision}.
 */
public final class ThresholdDecision {

    private ThresholdDecision() {}

    /** What the evidence says by these criteria; what was gathered for others says nothing. */
    public static Verdict decide(Evidence evidence, Criteria criteria) {
        Evidence fit = evidence.gatheredFor(criteria);
        Judgement judgement = Judgement.ofThresholds(fit, criteria);
        Grounds why = new Grounds(fit, criteria);
        if (judgement.environmentBad()) {
            return new Verdict.EnvironmentBad(judgement.checks(), CanaryDecision.between(judgement), why.environment());
        }
        for (Name threshold : new Name[] {Name.SUCCESS_RATE, Name.MAX_LATENCY}) {
            if (judgement.is(threshold, State.BROKEN)) {
                return CanaryDecision.rollBack(judgement, why.breaks(threshold));
            }
        }
        if (CanaryDecision.allMet(judgement)) {
            return new Verdict.Advance(
                    judgement.checks(), new Position(CanaryDecision.toRollBack(judgement), 1), why.keepsThresholds());
        }
        VerdictReason open = why.thresholdsOpen();
        long missing = Math.max(0, criteria.minimumRequests() - fit.candidateRequestsInStep());
        return new Verdict.NotEnough(
                judgement.checks(),
                CanaryDecision.between(judgement),
                open,
                missing,
                Forecast.ofCandidate(fit.step(), missing));
    }
}
