package io.signalbox.mesh.canary;

import io.signalbox.mesh.model.status.VerdictReason;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Why a verdict is what it is, in one plain sentence each. */
public final class Sentences {

    private Sentences() {}

    public static String of(VerdictReason reason) {
        return switch (reason) {
            case VerdictReason.NotWorse(double candidate, double stable, double margin) ->
                "The candidate is not worse: it fails " + percent(candidate) + " of its requests and stable "
                        + percent(stable) + ", and " + points(margin) + " more or worse is ruled out.";
            case VerdictReason.KeepsThresholds() ->
                "The candidate keeps its thresholds with all the traffic, and was not worse while stable ran beside"
                        + " it.";
            case VerdictReason.WithinThresholds(double fails, long requests) ->
                "The candidate keeps its fixed thresholds: it fails " + percent(fails) + " of its "
                        + Words.count(requests) + " requests; it is not compared with stable here.";
            case VerdictReason.ThresholdsUntold(double fails, long requests, long minimum) ->
                "The candidate fails " + percent(fails) + " of its " + Words.count(requests) + " requests, of which at"
                        + " least " + Words.count(minimum) + " are needed and the fixed thresholds kept.";
            case VerdictReason.FailsMore(
                    double candidate,
                    long candidateRequests,
                    double stable,
                    long stableRequests) ->
                "The candidate fails more often: " + percent(candidate) + " of its " + Words.count(candidateRequests)
                        + " requests, stable " + percent(stable) + " of " + Words.count(stableRequests)
                        + " in the same time.";
            case VerdictReason.Slower(double quantile, double candidate, double stable) ->
                "The candidate is slower: " + quantile(quantile) + " " + latency(candidate) + ", stable "
                        + latency(stable) + " at the same time.";
            case VerdictReason.FailsTooOften(double fails, double most) ->
                "The candidate fails " + percent(fails) + " of its requests; at most " + percent(most) + " may fail.";
            case VerdictReason.TooSlow(double quantile, double nanos) ->
                "The candidate's " + quantile(quantile) + " is " + latency(nanos) + ", longer than it may be.";
            case VerdictReason.StableFails(double fails, double most) ->
                "Stable itself fails " + percent(fails) + " of its requests (at most " + percent(most)
                        + " are its objective), so nothing is held against the candidate.";
            case VerdictReason.NoRequests() -> "The candidate had no request in this step.";
            case VerdictReason.MayBeBoth(@Nullable VerdictReason broken) ->
                (broken == null ? "The candidate breaks a threshold." : of(broken))
                        + " But stable may be as bad: hold.";
            case VerdictReason.Untold(long requests) ->
                untold(requests) + "how many more are needed cannot be told yet.";
            case VerdictReason.Missing(long requests, long missing, @Nullable Duration time) ->
                untold(requests) + "about " + Words.count(missing) + " more are needed"
                        + (time == null ? "." : ", " + time(time) + " at this rate.");
            case VerdictReason.Compared compared -> compared(compared);
            case VerdictReason.ThresholdsOpen(double fails) ->
                "The candidate is not worse than stable, but keeps no fixed threshold yet: " + percent(fails)
                        + " of its requests failed.";
        };
    }

    private static String compared(VerdictReason.Compared its) {
        String outcome = switch (its.outcome()) {
            case OPEN -> "No version has won yet: ";
            case A -> "Version A has won: ";
            case B -> "Version B has won: ";
            case NONE -> "No difference was shown in time: ";
        };
        String latency = its.aNanos() == 0 || its.bNanos() == 0
                ? ""
                : "; " + quantile(its.quantile()) + " " + latency(its.aNanos()) + " and " + latency(its.bNanos());
        return outcome + "A failed " + percent(its.aFails()) + " of its " + Words.count(its.aRequests())
                + " requests, B " + percent(its.bFails()) + " of " + Words.count(its.bRequests()) + latency
                + (its.left() == null ? "." : "; at most " + time(its.left()) + " more.");
    }

    private static String untold(long requests) {
        return Words.count(requests) + " requests do not tell whether the candidate is as good as stable: ";
    }

    private static String quantile(double quantile) {
        return "p" + Words.number(quantile * 100, 3);
    }

    private static String latency(double nanos) {
        double millis = nanos / TimeUnit.MILLISECONDS.toNanos(1);
        return Words.number(millis, millis < 10 ? 1 : 0) + " ms";
    }

    private static String percent(double share) {
        return Words.number(share * 100, share < 0.01 ? 2 : 1) + " %";
    }

    private static String points(double share) {
        String points = Words.number(share * 100, 3);
        return points + (points.equals("1") ? " percentage point" : " percentage points");
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
