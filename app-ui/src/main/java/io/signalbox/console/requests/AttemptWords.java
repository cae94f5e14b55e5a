package io.signalbox.console.requests;

import io.signalbox.console.format.Formats;
import io.signalbox.console.widget.LampState;
import io.signalbox.mesh.balance.PickedFor;
import io.signalbox.mesh.explain.AttemptEnd;
import io.signalbox.mesh.explain.AttemptStep;
import io.signalbox.mesh.explain.Candidate;
import io.signalbox.mesh.explain.Pool;
import io.signalbox.mesh.explain.RetryStep;
import io.signalbox.mesh.resilience.RetryVerdict;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Attempts in words: whom the balancer looked at and picked, how it ended, and whether it was tried again. */
final class AttemptWords {

    private static final int SERVER_ERROR = 500;

    private final RequestWords words;
    private final Formats formats;

    AttemptWords(RequestWords words, Formats formats) {
        this.words = words;
        this.formats = formats;
    }

    static LampState lamp(AttemptStep attempt) {
        Integer status = attempt.status();
        return switch (attempt.end()) {
            case ANSWERED -> status != null && status >= SERVER_ERROR ? LampState.OPEN : LampState.CLOSED;
            case OVERTAKEN -> LampState.DISABLED;
            case BROKE_OFF, CONNECT_FAILED, RESET, REFUSED, TRY_TIMED_OUT, TIMED_OUT, CALLER_GONE, INTERNAL ->
                LampState.OPEN;
        };
    }

    /** Whether it was sent while another one was still under way. */
    static boolean isHedge(AttemptStep attempt, List<AttemptStep> all) {
        return all.stream()
                .anyMatch(other -> other.number() < attempt.number()
                        && other.startNanos() + other.durationNanos() > attempt.startNanos());
    }

    /** {@code catalog-1: connection reset, upstream-reset, after 10.6 ms}. */
    String end(AttemptStep attempt) {
        String status = attempt.status() == null ? "" : " " + attempt.status();
        String cause = attempt.cause() == null ? "" : ", " + attempt.cause().wireName();
        String end =
                words.word("end", attempt.end()) + (attempt.end() == AttemptEnd.ANSWERED ? status : status + cause);
        return words.text(
                "requests.attempt.after",
                attempt.instance(),
                attempt.end() == AttemptEnd.ANSWERED ? end + cause : end,
                formats.latencyDetail(attempt.durationNanos()));
    }

    /** What it was picked for, and among whom if not among those that nothing spoke against. */
    String picked(AttemptStep attempt) {
        PickedFor why = attempt.pickedFor();
        String reason = why == null ? words.text("requests.picked.passed") : words.word("picked", why);
        return attempt.pool() == Pool.USABLE ? reason : reason + "; " + words.word("pool", attempt.pool());
    }

    /** Whether another attempt followed, why not, and what the budget still allowed. */
    String retry(RetryStep retry) {
        RetryVerdict.Reason objection = retry.objection();
        Long pause = retry.pauseNanos();
        String budget = formats.count(retry.budgetLeft());
        return objection == null
                ? words.text("requests.retry.again", formats.latencyDetail(pause == null ? 0 : pause), budget)
                : words.text("requests.retry.not", words.word("objection", objection), budget);
    }

    /** The name of what candidates were compared by; empty where nothing was. */
    String scoreName(@Nullable PickedFor why) {
        return why == null
                ? ""
                : switch (why) {
                    case FEWEST_CALLS, CREDIT, LEAST_COST, KEY_DRAW -> words.word("score", why);
                    case ONLY_ONE, TURN, CHANCE, KEY_OWNER -> "";
                };
    }

    String score(Candidate candidate, @Nullable PickedFor why) {
        Double score = candidate.score();
        if (score == null || why == null) {
            return Formats.NONE;
        }
        return why == PickedFor.LEAST_COST
                ? formats.latencyDetail(Math.round(score))
                : formats.number(score, why == PickedFor.FEWEST_CALLS && score == Math.rint(score) ? 0 : 2);
    }

    String inFlight(Candidate candidate) {
        return candidate.inFlight() >= Candidate.MANY
                ? "≥\u00a0" + candidate.inFlight()
                : formats.count(candidate.inFlight());
    }

    /** Why it was left out; empty when it was not. */
    String leftOut(Candidate candidate) {
        Candidate.LeftOut leftOut = candidate.leftOut();
        if (leftOut == null) {
            return "";
        }
        String reason = words.word("left-out", leftOut);
        return candidate.why() == null ? reason : reason + " (" + candidate.why() + ")";
    }
}
