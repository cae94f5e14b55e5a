package io.signalbox.mesh.cli;

import io.signalbox.mesh.explain.Candidate;
import io.signalbox.mesh.explain.RequestLine;
import io.signalbox.mesh.explain.RuleStep;
import io.signalbox.mesh.model.AnsweredBy;
import io.signalbox.mesh.model.Cause;
import io.signalbox.mesh.routing.FailedCondition;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Single requests in words. */
final class RequestWords {

    private RequestWords() {}

    /** One line; what is always there comes first, so that columns can be cut. */
    static String line(RequestLine request) {
        StringBuilder line = new StringBuilder()
                .append(Words.clock(request.at()))
                .append("  ")
                .append(request.status())
                .append("  ")
                .append(Words.millis(request.durationNanos()))
                .append("  ")
                .append(request.source())
                .append(" -> ")
                .append(request.destination());
        if (request.endpoint() != null) {
            line.append(" (").append(request.endpoint());
            line.append(request.version() == null ? ")" : ", " + request.version() + ")");
        }
        line.append("  ").append(request.method()).append(' ').append(request.path());
        if (request.cause() != null) {
            line.append("  ").append(request.cause().wireName());
        }
        if (request.attempts() > 1) {
            line.append("  ").append(request.attempts()).append(" attempts");
        }
        return line.append("  ").append(id(request)).toString();
    }

    static String id(RequestLine request) {
        String id = request.id();
        return id == null ? request.traceId() : id;
    }

    /** What came of it: {@code 503 by the mesh: breaker-open}. */
    static String result(int status, AnsweredBy by, @Nullable Cause cause) {
        if (cause == Cause.CALLER_GONE) {
            return "no answer: the caller left";
        }
        String said = status + (by == AnsweredBy.MESH ? " by the mesh" : " by the application");
        return cause == null ? said : said + ": " + cause.wireName();
    }

    static String rule(RuleStep step) {
        String to = "rule " + step.rule() + " to " + step.to()
                + (step.weight() == 100 ? "" : " (" + step.weight() + " % of what matches)");
        return to + ": "
                + switch (step.verdict()) {
                    case NOT_MATCHED -> "does not match; " + condition(Objects.requireNonNull(step.firstFalse()));
                    case PASSED_OVER ->
                        step.weight() == 0
                                ? "matches, but takes nothing"
                                : "matches, but left this one to what follows";
                    case TOOK -> "matches and takes it";
                    case TAKES_SHARE -> "matches and takes its share";
                    case NOT_REACHED -> "not reached";
                };
    }

    static String candidate(Candidate candidate) {
        Candidate.LeftOut leftOut = candidate.leftOut();
        String load = candidate.inFlight() + (candidate.inFlight() >= Candidate.MANY ? " or more" : "") + " in flight";
        String seen = candidate.instance() + " (" + candidate.version() + ", " + load + ")";
        return leftOut == null
                ? seen
                : seen + " left out: "
                        + switch (leftOut) {
                            case CIRCUIT_OPEN -> "circuit open";
                            case CIRCUIT_FORCED_OPEN -> "circuit held open by hand";
                            case TRIED_BEFORE -> "tried before";
                            case TRIALS_TAKEN -> "circuit half open, all trials taken";
                        };
    }

    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String condition(FailedCondition condition) {
        return condition.subject() + " is " + condition.found() + " (expected: " + condition.expected() + ")";
    }
}
