package io.signalbox.mesh.cli;

import io.signalbox.mesh.explain.RequestLine;
import io.signalbox.mesh.explain.RuleAnswer;
import io.signalbox.mesh.explain.RuleStep;
import io.signalbox.mesh.model.AnsweredBy;
import io.signalbox.mesh.model.Cause;
import io.signalbox.mesh.routing.FailedCondition;
import io.signalbox.mesh.routing.StickyKey;
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
        String does = switch (step.action()) {
            case SEND -> " to " + step.to();
            case REDIRECT -> ", redirect " + step.to();
            case ANSWER -> ", answer " + step.to();
        };
        String to = "rule " + step.rule() + does
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

    /** By which a request was decided: {@code policy rev 3, in revision 41 of the configuration}. */
    static String revisions(@Nullable Long policy, long configuration) {
        String whole = "revision " + configuration + " of the configuration";
        if (policy == null) {
            return whole;
        }
        return (policy == 0 ? "the defaults" : "policy rev " + policy) + ", in " + whole;
    }

    /** What a rule answers: {@code 308 to /new}. */
    static String answer(RuleAnswer answer) {
        return answer.status() + (answer.location() == null ? "" : " to " + answer.location());
    }

    static String key(StickyKey key) {
        String hash = ", hash " + key.hash();
        return key.subject()
                + switch (key.origin()) {
                    case REQUEST -> " is " + key.value() + hash;
                    case TRAVELLED -> " came with the trace" + hash;
                    case NEW -> " was absent; the caller is given one" + hash;
                    case NONE -> " is absent: every draw is by chance";
                };
    }

    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String condition(FailedCondition condition) {
        return condition.subject() + " is " + condition.found() + " (expected: " + condition.expected() + ")";
    }
}
