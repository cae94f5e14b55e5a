package io.signalbox.mesh.canary;

import io.signalbox.mesh.canary.Check.Name;
import io.signalbox.mesh.canary.Check.State;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Why a verdict is what it is, in one plain sentence each. */
final class Sentences {

    private final Evidence evidence;
    private final Criteria criteria;

    Sentences(Evidence evidence, Criteria criteria) {
        this.evidence = evidence;
        this.criteria = criteria;
    }

    String advance() {
        return "The candidate is not worse: it fails " + percent(candidateRate()) + " of its requests and stable "
                + percent(stableRate()) + ", and " + points(criteria.successMargin()) + " more or worse is ruled out.";
    }

    String advanceAlone() {
        return "The candidate keeps its thresholds with all the traffic, and was not worse while stable ran beside it.";
    }

    String failsMore() {
        return "The candidate fails more often: " + percent(candidateRate()) + " of its "
                + Words.count(evidence.whole().candidateRequests()) + " requests, stable " + percent(stableRate())
                + " of "
                + Words.count(evidence.whole().stableRequests()) + " in the same time.";
    }

    String slower() {
        return "The candidate is slower: " + quantile() + " "
                + latency(evidence.recent().candidate()) + ", stable "
                + latency(evidence.recent().stable()) + " at the same time.";
    }

    String breaks(Name threshold) {
        return threshold == Name.SUCCESS_RATE
                ? "The candidate fails " + percent(candidateRate()) + " of its requests; at most "
                        + percent(1 - criteria.successRate()) + " may fail."
                : "The candidate's " + quantile() + " is "
                        + latency(evidence.recent().candidate()) + ", longer than it may be.";
    }

    String environment() {
        Slice stable = evidence.recent().stable();
        return "Stable itself fails " + percent(share(stable.failures(), stable.requests()))
                + " of its requests (at most " + percent(1 - criteria.stableObjective())
                + " are its objective), so nothing is held against the candidate.";
    }

    String notEnough(Judgement judgement, Forecast forecast) {
        if (evidence.step().candidateRequests() == 0) {
            return "The candidate had no request in this step.";
        }
        for (Name threshold : new Name[] {Name.SUCCESS_RATE, Name.MAX_LATENCY}) {
            if (judgement.is(threshold, State.BROKEN)) {
                return breaks(threshold).replaceAll("\\.$", "") + ", but stable may be as bad: hold.";
            }
        }
        String untold = Words.count(evidence.whole().requests())
                + " requests do not tell whether the candidate is as good as stable: ";
        if (forecast.requests().isEmpty()) {
            return untold + "how many more are needed cannot be told yet.";
        }
        long missing = forecast.requests().getAsLong();
        if (missing == 0) {
            return "The candidate is not worse than stable, but keeps no fixed threshold yet: "
                    + percent(candidateRate()) + " of its requests failed.";
        }
        return untold + "about " + Words.count(missing) + " more are needed"
                + (forecast.time() == null ? "." : ", " + time(forecast.time()) + " at this rate.");
    }

    private double candidateRate() {
        return share(evidence.whole().candidateFailures(), evidence.whole().candidateRequests());
    }

    private double stableRate() {
        return share(evidence.whole().stableFailures(), evidence.whole().stableRequests());
    }

    private String quantile() {
        return "p" + Words.number(criteria.latencyQuantile() * 100, 3);
    }

    private String latency(Slice slice) {
        double millis = slice.latency().quantileNanos(criteria.latencyQuantile()) / TimeUnit.MILLISECONDS.toNanos(1);
        return Words.number(millis, millis < 10 ? 1 : 0) + " ms";
    }

    private static double share(long part, long of) {
        return of == 0 ? 0 : (double) part / of;
    }

    private static String percent(double share) {
        return Words.number(share * 100, share < 0.01 ? 2 : 1) + " %";
    }

    private static String points(double share) {
        return Words.number(share * 100, 3) + " percentage points";
    }

    private static String time(Duration time) {
        if (time.toHours() >= 48) {
            return time.toDays() + " days";
        }
        if (time.toMinutes() >= 120) {
            return time.toHours() + " h";
        }
        return time.toSeconds() >= 120 ? time.toMinutes() + " min" : Math.max(1, time.toSeconds()) + " s";
    }
}
