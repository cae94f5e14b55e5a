package io.signalbox.mesh.resilience;

import static io.signalbox.mesh.model.RetryCondition.ANY_5XX;
import static io.signalbox.mesh.model.RetryCondition.CONNECT_FAILURE;
import static io.signalbox.mesh.model.RetryCondition.GATEWAY_ERROR;
import static io.signalbox.mesh.model.RetryCondition.GRPC_CANCELLED;
import static io.signalbox.mesh.model.RetryCondition.GRPC_DEADLINE_EXCEEDED;
import static io.signalbox.mesh.model.RetryCondition.GRPC_INTERNAL;
import static io.signalbox.mesh.model.RetryCondition.GRPC_RESOURCE_EXHAUSTED;
import static io.signalbox.mesh.model.RetryCondition.GRPC_UNAVAILABLE;
import static io.signalbox.mesh.model.RetryCondition.LISTED_STATUS;
import static io.signalbox.mesh.model.RetryCondition.RESET;
import static io.signalbox.mesh.model.RetryCondition.RETRIABLE_4XX;
import static io.signalbox.mesh.model.RetryCondition.TIMEOUT;

import io.signalbox.mesh.model.RetryCondition;
import io.signalbox.mesh.model.RetryPolicy;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether an attempt is repeated.
 *
 * <p>What the conditions cover: {@code 5xx} is any 5xx answer, and also a timeout, a failed connection and a reset,
 * for which the mesh would have to answer 5xx itself; {@code gateway-error} is the same with 502, 503 and 504 alone
 * (both as in Envoy's {@code x-envoy-retry-on}). In the same way {@code grpc-unavailable} covers a failed connection and
 * a reset, and {@code grpc-deadline-exceeded} a timeout. {@code timeout}, {@code connect-failure} and {@code reset} are
 * just that. {@link AttemptOutcome.Other} is covered by none.
 */
public final class RetryDecider {

    private RetryDecider() {}

    /**
     * Decides, and if the verdict is another try, spends one retry of the budget and draws the pause.
     *
     * @param deadline of the whole request
     */
    public static RetryVerdict decide(
            RetryPolicy policy, FailedAttempt attempt, Deadline deadline, RetryBudget budget, RandomGenerator random) {
        return decide(policy, attempt, Duration.ZERO, deadline, budget, random);
    }

    /**
     * The same with an endpoint that asks for a pause. What is drawn comes on top, so that callers which were told the
     * same do not return together.
     *
     * @param retryAfter what the endpoint asks for, not negative
     */
    public static RetryVerdict decide(
            RetryPolicy policy,
            FailedAttempt attempt,
            Duration retryAfter,
            Deadline deadline,
            RetryBudget budget,
            RandomGenerator random) {
        Optional<RetryVerdict.Reason> objection = objection(policy, attempt);
        if (objection.isPresent()) {
            return new RetryVerdict.Stop(objection.get());
        }
        if (retryAfter.compareTo(policy.backoff().maxRetryAfter()) > 0) {
            return new RetryVerdict.Stop(RetryVerdict.Reason.RETRY_AFTER_TOO_LONG);
        }
        Duration pause = retryAfter.plus(Backoff.delay(policy.backoff(), attempt.number(), random));
        if (deadline.remaining().compareTo(pause) <= 0) {
            return new RetryVerdict.Stop(RetryVerdict.Reason.DEADLINE_TOO_NEAR);
        }
        return budget.tryRetry()
                ? new RetryVerdict.Retry(pause)
                : new RetryVerdict.Stop(RetryVerdict.Reason.BUDGET_SPENT);
    }

    /** What policy and attempt alone say against another try; empty when nothing does. Pure. */
    public static Optional<RetryVerdict.Reason> objection(RetryPolicy policy, FailedAttempt attempt) {
        if (condition(policy, attempt.outcome()) == null) {
            return Optional.of(RetryVerdict.Reason.CONDITION_NOT_LISTED);
        }
        if (attempt.number() >= policy.maxAttempts()) {
            return Optional.of(RetryVerdict.Reason.ATTEMPTS_USED_UP);
        }
        if (!attempt.reachedNothing() && !repeatable(policy.methods(), attempt.method())) {
            return Optional.of(RetryVerdict.Reason.NOT_IDEMPOTENT);
        }
        return attempt.body() == FailedAttempt.Body.GONE
                ? Optional.of(RetryVerdict.Reason.BODY_GONE)
                : Optional.empty();
    }

    /** How long the next attempt may take to its answer's head: the per-try timeout, cut at the deadline. */
    public static Duration tryTimeout(RetryPolicy policy, Deadline deadline) {
        return policy.perTryTimeout().map(deadline::min).orElseGet(deadline::remaining);
    }

    /** The condition or the listed status under which the policy tries that again; {@code null} for none. */
    public static @Nullable RetryCondition condition(RetryPolicy policy, AttemptOutcome outcome) {
        return switch (outcome) {
            case AttemptOutcome.Answered(int status) -> ofStatus(policy, status);
            case AttemptOutcome.GrpcAnswered(int code) -> listed(policy, ofGrpc(code));
            case AttemptOutcome.TimedOut() -> unanswered(policy, TIMEOUT, GRPC_DEADLINE_EXCEEDED);
            case AttemptOutcome.ConnectFailed() -> unanswered(policy, CONNECT_FAILURE, GRPC_UNAVAILABLE);
            case AttemptOutcome.Reset() -> unanswered(policy, RESET, GRPC_UNAVAILABLE);
            case AttemptOutcome.Other() -> null;
        };
    }

    private static @Nullable RetryCondition ofStatus(RetryPolicy policy, int status) {
        Set<RetryCondition> conditions = policy.retryOn();
        if (status >= 500 && status <= 599 && conditions.contains(ANY_5XX)) {
            return ANY_5XX;
        }
        if (status >= 502 && status <= 504 && conditions.contains(GATEWAY_ERROR)) {
            return GATEWAY_ERROR;
        }
        if ((status == 409 || status == 425 || status == 429) && conditions.contains(RETRIABLE_4XX)) {
            return RETRIABLE_4XX;
        }
        return policy.statuses().contains(status) ? LISTED_STATUS : null;
    }

    private static @Nullable RetryCondition ofGrpc(int code) {
        return switch (code) {
            case 1 -> GRPC_CANCELLED;
            case 4 -> GRPC_DEADLINE_EXCEEDED;
            case 8 -> GRPC_RESOURCE_EXHAUSTED;
            case 13 -> GRPC_INTERNAL;
            case 14 -> GRPC_UNAVAILABLE;
            default -> null;
        };
    }

    /** What brought no answer is named after itself, whichever listed condition covers it. */
    private static @Nullable RetryCondition unanswered(RetryPolicy policy, RetryCondition own, RetryCondition grpc) {
        Set<RetryCondition> conditions = policy.retryOn();
        boolean covered = conditions.contains(own)
                || conditions.contains(ANY_5XX)
                || conditions.contains(GATEWAY_ERROR)
                || conditions.contains(grpc);
        return covered ? own : null;
    }

    private static @Nullable RetryCondition listed(RetryPolicy policy, @Nullable RetryCondition condition) {
        return condition != null && policy.retryOn().contains(condition) ? condition : null;
    }

    /** Whether a request of that method may be sent again though it may have reached the application. */
    public static boolean repeatable(RetryPolicy.Methods methods, String method) {
        return switch (methods) {
            case ANY -> true;
            case IDEMPOTENT -> isIdempotent(method);
        };
    }

    private static boolean isIdempotent(String method) {
        return switch (method) {
            case "GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE" -> true;
            default -> false;
        };
    }
}
