package io.signalbox.console.requests;

import io.signalbox.console.format.Formats;
import io.signalbox.console.text.Texts;
import io.signalbox.console.widget.LampState;
import io.signalbox.mesh.explain.ExplainedRequest;
import io.signalbox.mesh.explain.Kept;
import io.signalbox.mesh.explain.Limits;
import io.signalbox.mesh.explain.RequestLine;
import io.signalbox.mesh.explain.RuleAnswer;
import io.signalbox.mesh.explain.RuleStep;
import io.signalbox.mesh.explain.VersionChoice;
import io.signalbox.mesh.model.AnsweredBy;
import io.signalbox.mesh.model.Cause;
import io.signalbox.mesh.routing.FailedCondition;
import io.signalbox.mesh.routing.StickyKey;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Single requests in words: what came of them, and what the rules and the split made of them. */
final class RequestWords {

    private static final int SERVER_ERROR = 500;
    private static final int CLIENT_ERROR = 400;

    private final Texts texts;
    private final Formats formats;

    RequestWords(Texts texts, Formats formats) {
        this.texts = texts;
        this.formats = formats;
    }

    String text(String key, Object... values) {
        return texts.get(key, values);
    }

    /** The text of a constant: {@code requests.by.ab-hash}. */
    String word(String group, Enum<?> constant) {
        return texts.get("requests." + group + "."
                + constant.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    static LampState lamp(RequestLine request) {
        return switch (request.kept()) {
            case FAILED -> LampState.OPEN;
            case SLOW, RETRIED -> LampState.HALF_OPEN;
            case SAMPLED -> LampState.CLOSED;
        };
    }

    /** The lamp as a word: failed, slow, retried, ok. */
    String state(RequestLine request) {
        return word("state", request.kept());
    }

    /** The status; nothing where the caller did not wait for one. */
    static String status(RequestLine request) {
        return request.cause() == Cause.CALLER_GONE ? Formats.NONE : Integer.toString(request.status());
    }

    static String statusTone(RequestLine request) {
        if (request.kept() == Kept.FAILED || request.status() >= SERVER_ERROR) {
            return "mesh-danger-text";
        }
        return request.status() >= CLIENT_ERROR ? "mesh-warn-text" : "";
    }

    static String cause(RequestLine request) {
        return request.cause() == null ? "" : request.cause().wireName();
    }

    /** The id that finds it again. */
    static String id(RequestLine request) {
        String id = request.id();
        return id == null ? request.traceId() : id;
    }

    static String commandLine(RequestLine request) {
        return "signalbox explain " + id(request);
    }

    /** Sends the same again through the caller's sidecar, whose address the person fills in. */
    static String curl(RequestLine request) {
        String method = request.method().equals("GET") ? "" : " -X " + request.method();
        String url = "http://" + request.authority() + request.path();
        return "curl -i" + method + " --proxy \"$SIDECAR\" '" + url.replace("'", "'\\''") + "'";
    }

    /** {@code 503 by the mesh, breaker-open, after 12 ms}. */
    String answer(RequestLine request) {
        String after = formats.latencyDetail(request.durationNanos());
        if (request.cause() == Cause.CALLER_GONE) {
            return text("requests.answer.gone", after);
        }
        String by = text(request.answeredBy() == AnsweredBy.MESH ? "requests.answer.mesh" : "requests.answer.app");
        String cause = request.cause() == null ? "" : ", " + cause(request);
        return text("requests.answer.after", request.status() + " " + by + cause, after);
    }

    String kept(RequestLine request) {
        return word("kept", request.kept());
    }

    String revisions(RequestLine request) {
        String whole = text("requests.revision", formats.count(request.revision()));
        Long policy = request.policyRevision();
        if (policy == null) {
            return whole;
        }
        return policy == 0
                ? text("requests.revision.defaults", whole)
                : text("requests.revision.policy", formats.count(policy), whole);
    }

    /** Why the part about rules and version may not be trusted; empty when it may. */
    String doubt(ExplainedRequest.Certainty certainty) {
        return switch (certainty) {
            case REPLAYED -> "";
            case HEAD_CUT -> text("requests.doubt.head-cut");
            case DIFFERENT -> text("requests.doubt.different");
            case UNTOLD -> text("requests.doubt.untold");
        };
    }

    /** What came of all rules. */
    String rules(ExplainedRequest hop) {
        List<RuleStep> rules = hop.rules();
        if (rules.isEmpty()) {
            return text("requests.rules.none");
        }
        long tried = rules.stream()
                .filter(rule -> rule.verdict() != RuleStep.Verdict.NOT_REACHED)
                .count();
        return rules.stream()
                .filter(rule -> rule.verdict() == RuleStep.Verdict.TOOK)
                .findFirst()
                .map(rule -> texts.counted("requests.rules.took", tried, formats.count(tried), rule.rule()))
                .orElseGet(() -> texts.counted("requests.rules.no", tried, formats.count(tried)));
    }

    /** {@code rule 1 → v2}. */
    String ruleName(RuleStep rule) {
        String does = switch (rule.action()) {
            case SEND -> text("requests.rule.send", rule.rule(), rule.to());
            case REDIRECT -> text("requests.rule.redirect", rule.rule(), rule.to());
            case ANSWER -> text("requests.rule.answer", rule.rule(), rule.to());
        };
        return rule.weight() == 100 ? does : text("requests.rule.share", does, formats.percent(rule.weight()));
    }

    String verdict(RuleStep rule) {
        FailedCondition condition = rule.firstFalse();
        if (condition != null) {
            return text(
                    "requests.rule.false",
                    condition.subject(),
                    presence(condition.found()),
                    presence(condition.expected()));
        }
        return rule.verdict() == RuleStep.Verdict.PASSED_OVER && rule.weight() == 0
                ? text("requests.verdict.takes-nothing")
                : word("verdict", rule.verdict());
    }

    private String presence(String value) {
        return switch (value) {
            case FailedCondition.ABSENT -> text("requests.absent");
            case FailedCondition.PRESENT -> text("requests.present");
            case FailedCondition.UNKNOWN -> text("requests.unknown");
            default -> value;
        };
    }

    /** What chose the version: {@code by the canary's shares, lot 61 of 0..99}. */
    String choice(@Nullable VersionChoice choice, @Nullable RuleAnswer answer) {
        if (answer != null) {
            String status = Integer.toString(answer.status());
            return answer.location() == null
                    ? text("requests.version.answered", answer.rule(), status)
                    : text("requests.version.redirected", answer.rule(), status, answer.location());
        }
        if (choice == null) {
            return text("requests.version.none");
        }
        String by = word("by", choice.by());
        return choice.lot() == null ? by : text("requests.version.lot", by, choice.lot());
    }

    String key(StickyKey key) {
        String hash = key.hash() == null ? "" : key.hash();
        return switch (key.origin()) {
            case REQUEST -> text("requests.key.request", key.subject(), String.valueOf(key.value()), hash);
            case TRAVELLED -> text("requests.key.travelled", key.subject(), hash);
            case NEW -> text("requests.key.new", key.subject(), hash);
            case NONE -> text("requests.key.none", key.subject());
        };
    }

    String limits(Limits limits) {
        String timeout = text("requests.limits.timeout", formats.latency(limits.timeout()));
        String attempts = limits.maxAttempts() == 1
                ? text("requests.limits.once")
                : text("requests.limits.attempts", formats.count(limits.maxAttempts()));
        String each = limits.perTryTimeout() == null
                ? ""
                : ", " + text("requests.limits.each", formats.latency(limits.perTryTimeout()));
        return timeout + ", " + attempts + each + ", " + text("requests.limits.balanced", limits.balancing()) + ", "
                + text("requests.limits.slow", formats.latency(limits.slow()));
    }
}
