package io.signalbox.mesh.cli;

import io.signalbox.mesh.balance.PickedFor;
import io.signalbox.mesh.explain.AttemptStep;
import io.signalbox.mesh.explain.Candidate;
import io.signalbox.mesh.explain.ExplainedRequest;
import io.signalbox.mesh.explain.ExplainedRequest.Certainty;
import io.signalbox.mesh.explain.Kept;
import io.signalbox.mesh.explain.Limits;
import io.signalbox.mesh.explain.RequestLine;
import io.signalbox.mesh.explain.RetryStep;
import io.signalbox.mesh.explain.RuleAnswer;
import io.signalbox.mesh.explain.RuleStep;
import io.signalbox.mesh.explain.VersionChoice;
import io.signalbox.mesh.model.DurationText;
import io.signalbox.mesh.resilience.RetryVerdict;
import io.signalbox.mesh.routing.StickyKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The hops of one request as lines for a person to read. */
final class RequestStory {

    private static final String DEEPER = "    ";

    private final List<String> lines = new ArrayList<>();
    private final String margin;

    private RequestStory(int depth) {
        margin = DEEPER.repeat(depth);
    }

    static List<String> of(List<ExplainedRequest> hops) {
        List<String> all = new ArrayList<>();
        for (ExplainedRequest hop : hops) {
            if (!all.isEmpty()) {
                all.add("");
            }
            RequestStory story = new RequestStory(hop.depth());
            story.tell(hop);
            all.addAll(story.lines);
        }
        return all;
    }

    private void tell(ExplainedRequest hop) {
        RequestLine request = hop.request();
        line(request.source() + " -> " + request.destination() + "  " + request.method() + " " + request.path());
        part(
                "result",
                RequestWords.result(request.status(), request.answeredBy(), request.cause()) + ", after "
                        + Words.millis(request.durationNanos()));
        part("request", RequestWords.id(request) + " at " + Words.clock(request.at()) + where(request));
        part("trace", request.traceId());
        part(
                "decided by",
                RequestWords.revisions(request.policyRevision(), request.revision()) + doubt(hop.certainty()));
        String access = hop.access();
        if (access != null) {
            part(
                    "denied by",
                    access.isEmpty()
                            ? "the default: no authorization rule of " + request.destination() + " holds"
                            : "authorization rule " + access + " of " + request.destination());
        }
        for (RuleStep rule : hop.rules()) {
            part("rule", RequestWords.rule(rule).substring("rule ".length()));
        }
        VersionChoice choice = hop.choice();
        if (choice != null) {
            part("version", choice(choice));
        }
        RuleAnswer answer = hop.answer();
        if (answer != null) {
            part("answered", "by rule " + answer.rule() + ": " + RequestWords.answer(answer));
        }
        StickyKey key = hop.key();
        if (key != null) {
            part("key", RequestWords.key(key));
        }
        Limits limits = hop.limits();
        if (limits != null) {
            part("limits", limits(limits));
        }
        if (!hop.refusedBy().isEmpty()) {
            part("refused by", candidates(hop.refusedBy(), null));
        }
        for (AttemptStep attempt : hop.attempts()) {
            attempt(attempt, isHedge(attempt, hop.attempts()));
        }
        Instant away = hop.awaySince();
        if (away != null) {
            part("sidecar", "gone from the control plane since " + Words.clock(away) + "; this is what it told before");
        }
        part("kept", kept(request.kept()));
    }

    /** Whether it was sent while another one was still under way. */
    private static boolean isHedge(AttemptStep attempt, List<AttemptStep> all) {
        return all.stream()
                .anyMatch(other -> other.number() < attempt.number()
                        && other.startNanos() + other.durationNanos() > attempt.startNanos());
    }

    private void attempt(AttemptStep attempt, boolean hedge) {
        String status = attempt.status() == null ? "" : " " + attempt.status();
        String cause = attempt.cause() == null ? "" : " (" + attempt.cause().wireName() + ")";
        part(
                "attempt " + attempt.number(),
                attempt.instance() + ", " + attempt.version() + ", circuit "
                        + attempt.circuit().wireName() + ": " + RequestWords.word(attempt.end()) + status + cause
                        + " after " + Words.millis(attempt.durationNanos()) + ", begun at "
                        + Words.millis(attempt.startNanos()) + (hedge ? " as a hedge" : ""));
        int hidden = attempt.endpoints() - attempt.candidates().size();
        part(
                "",
                "chosen of " + candidates(attempt.candidates(), attempt.pickedFor())
                        + (hidden > 0 ? " and " + hidden + " more" : ""));
        part("", "picked " + PickWords.picked(attempt.pool(), attempt.pickedFor()));
        if (!attempt.faults().isEmpty()) {
            part("", "befallen by " + String.join(", ", attempt.faults()) + ": faults of the policy");
        }
        RetryStep retry = attempt.retry();
        if (retry != null) {
            part("", retry(retry));
        }
    }

    private static String where(RequestLine request) {
        return request.sourceInstance().isEmpty()
                ? ", refused where it arrived, by the sidecar of " + request.endpoint()
                : ", from " + request.sourceInstance();
    }

    private static String doubt(Certainty certainty) {
        return switch (certainty) {
            case REPLAYED -> "";
            case HEAD_CUT -> "; not all header fields were kept, so rules may read differently";
            case DIFFERENT -> "; made again, the decision is another: please report this";
            case UNTOLD -> "; its sidecar told no more than this";
        };
    }

    private static String choice(VersionChoice choice) {
        String version = choice.version() == null ? "any" : choice.version();
        String lot = choice.lot() == null ? "" : ", lot " + choice.lot() + " of 0..99";
        return version + DryStory.by(choice.by()) + lot;
    }

    private static String limits(Limits limits) {
        return "timeout " + DurationText.format(limits.timeout())
                + (limits.maxAttempts() == 1 ? ", no retries" : ", " + limits.maxAttempts() + " attempts")
                + (limits.perTryTimeout() == null ? "" : " of " + DurationText.format(limits.perTryTimeout()))
                + ", balanced by " + limits.balancing() + "; slow from " + DurationText.format(limits.slow()) + " on";
    }

    private static String candidates(List<Candidate> candidates, @Nullable PickedFor pickedFor) {
        return candidates.stream()
                .map(candidate -> PickWords.candidate(candidate, pickedFor))
                .collect(Collectors.joining("; "));
    }

    private static String retry(RetryStep retry) {
        RetryVerdict.Reason objection = retry.objection();
        Long pause = retry.pauseNanos();
        String budget = "; the budget has " + retry.budgetLeft() + " left";
        if (objection == null) {
            return "tried again after "
                    + Words.millis(pause == null ? 0 : Duration.ofNanos(pause).toNanos()) + budget;
        }
        return "not tried again: "
                + switch (objection) {
                    case CONDITION_NOT_LISTED -> "the policy does not retry on this";
                    case ATTEMPTS_USED_UP -> "all attempts were used up";
                    case NOT_IDEMPOTENT -> "the application may have acted, and doing it twice may do harm";
                    case BODY_GONE -> "the request's body is gone";
                    case RETRY_AFTER_TOO_LONG -> "the endpoint asks for a longer pause than the policy waits";
                    case DEADLINE_TOO_NEAR -> "the timeout would come first";
                    case BUDGET_SPENT -> "the retry budget is spent";
                }
                + budget;
    }

    private static String kept(Kept kept) {
        return switch (kept) {
            case FAILED -> "because it failed";
            case SLOW -> "because it was slow";
            case RETRIED -> "because it was retried";
            case SAMPLED -> "as a sample";
        };
    }

    private void line(String text) {
        lines.add(margin + text);
    }

    private void part(String name, String text) {
        line("  " + name + " ".repeat(Math.max(0, 12 - name.length())) + text);
    }
}
