package io.signalbox.mesh.cli;

import io.signalbox.mesh.balance.PickedFor;
import io.signalbox.mesh.explain.Candidate;
import io.signalbox.mesh.explain.Pool;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How an endpoint was picked, in words. */
final class PickWords {

    private PickWords() {}

    static String picked(Pool pool, @Nullable PickedFor why) {
        String among = switch (pool) {
            case USABLE -> "";
            case EJECTED_TOO -> "; ejected ones serve, since nobody else is left";
            case PANIC -> "; in panic, since too few are usable";
            case IN_ORDER -> "; each was asked in order, since none could be balanced over";
        };
        return (why == null ? "since its circuit let the call pass" : reason(why)) + among;
    }

    private static String reason(PickedFor why) {
        return switch (why) {
            case ONLY_ONE -> "as the only candidate";
            case TURN -> "since its turn was longest ago";
            case CREDIT -> "for the most credit";
            case CHANCE -> "by chance";
            case FEWEST_CALLS -> "for the fewest calls in flight";
            case LEAST_COST -> "for the lesser cost of two that were drawn";
            case KEY_OWNER -> "since the request's key belongs to it";
            case KEY_DRAW -> "for the highest draw, since the key's owner is no candidate";
        };
    }

    static String candidate(Candidate candidate, @Nullable PickedFor why) {
        Candidate.LeftOut leftOut = candidate.leftOut();
        String load = candidate.inFlight() + (candidate.inFlight() >= Candidate.MANY ? " or more" : "") + " in flight";
        String seen = candidate.instance() + " (" + candidate.version() + ", " + load
                + score(candidate.score(), candidate.inFlight(), why) + ")";
        String reason = candidate.why() == null ? "" : " (" + candidate.why() + ")";
        return leftOut == null ? seen : seen + " left out: " + leftOut(leftOut) + reason;
    }

    private static String score(@Nullable Double score, int inFlight, @Nullable PickedFor why) {
        if (score == null || why == null) {
            return "";
        }
        return switch (why) {
            case FEWEST_CALLS -> score == inFlight ? "" : ", counted as " + number(score);
            case CREDIT -> ", credit " + number(score);
            case LEAST_COST -> ", cost " + Words.millis(Math.round(score));
            case KEY_DRAW -> ", draw " + number(score);
            case ONLY_ONE, TURN, CHANCE, KEY_OWNER -> "";
        };
    }

    private static String number(double score) {
        return String.format(Locale.ROOT, "%.2f", score);
    }

    private static String leftOut(Candidate.LeftOut leftOut) {
        return switch (leftOut) {
            case CIRCUIT_OPEN -> "circuit open";
            case CIRCUIT_FORCED_OPEN -> "circuit held open by hand";
            case SERVICE_CIRCUIT_OPEN -> "the whole service's circuit open";
            case EJECTED -> "ejected";
            case OTHER_ZONE -> "of another zone";
            case SLOW_START -> "just joined, sat this one out";
            case TRIED_BEFORE -> "tried before";
            case TRIALS_TAKEN -> "circuit half open, all trials taken";
        };
    }
}
