package io.signalbox.mesh.canary;

import io.signalbox.mesh.canary.Check.Name;
import io.signalbox.mesh.canary.Check.State;
import io.signalbox.mesh.model.status.VerdictReason;

/** Why a verdict is what it is, with the figures of the evidence. */
final class Grounds {

    private final Evidence evidence;
    private final Criteria criteria;

    Grounds(Evidence evidence, Criteria criteria) {
        this.evidence = evidence;
        this.criteria = criteria;
    }

    VerdictReason advance() {
        return new VerdictReason.NotWorse(candidateRate(), stableRate(), criteria.successMargin());
    }

    VerdictReason keepsThresholds() {
        return new VerdictReason.WithinThresholds(
                candidateRate(), evidence.whole().candidateRequests());
    }

    /** Of a candidate that is not compared with stable. */
    VerdictReason thresholdsOpen() {
        long requests = evidence.whole().candidateRequests();
        return requests == 0
                ? new VerdictReason.NoRequests()
                : new VerdictReason.ThresholdsUntold(candidateRate(), requests, criteria.minimumRequests());
    }

    VerdictReason failsMore() {
        return new VerdictReason.FailsMore(
                candidateRate(),
                evidence.whole().candidateRequests(),
                stableRate(),
                evidence.whole().stableRequests());
    }

    VerdictReason slower() {
        return new VerdictReason.Slower(
                criteria.latencyQuantile(),
                latency(evidence.recent().candidate()),
                latency(evidence.recent().stable()));
    }

    VerdictReason breaks(Name threshold) {
        return threshold == Name.SUCCESS_RATE
                ? new VerdictReason.FailsTooOften(candidateRate(), 1 - criteria.successRate())
                : new VerdictReason.TooSlow(
                        criteria.latencyQuantile(), latency(evidence.recent().candidate()));
    }

    VerdictReason environment() {
        Slice stable = evidence.recent().stable();
        return new VerdictReason.StableFails(
                share(stable.failures(), stable.requests()), 1 - criteria.stableObjective());
    }

    VerdictReason notEnough(Judgement judgement, Forecast forecast) {
        if (evidence.step().candidateRequests() == 0) {
            return new VerdictReason.NoRequests();
        }
        for (Name threshold : new Name[] {Name.SUCCESS_RATE, Name.MAX_LATENCY}) {
            if (judgement.is(threshold, State.BROKEN)) {
                return new VerdictReason.MayBeBoth(breaks(threshold));
            }
        }
        long requests = evidence.whole().requests();
        if (forecast.requests().isEmpty()) {
            return new VerdictReason.Untold(requests);
        }
        long missing = forecast.requests().getAsLong();
        return missing == 0
                ? new VerdictReason.ThresholdsOpen(candidateRate())
                : new VerdictReason.Missing(requests, missing, forecast.time());
    }

    private double candidateRate() {
        return share(evidence.whole().candidateFailures(), evidence.whole().candidateRequests());
    }

    private double stableRate() {
        return share(evidence.whole().stableFailures(), evidence.whole().stableRequests());
    }

    private double latency(Slice slice) {
        return slice.latency().quantileNanos(criteria.latencyQuantile());
    }

    private static double share(long part, long of) {
        return of == 0 ? 0 : (double) part / of;
    }
}
