package io.signalbox.mesh.resilience;

import io.signalbox.mesh.model.RetryCondition;
import io.signalbox.mesh.model.RetryPolicy;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Decides whether an attempt is repeated.
 *
 * <p>What the conditions cover: {@code 5xx} is any 5xx answer, and also a timeout, a failed connection and a reset,
 * for which the mesh would have to answer 5xx itself; {@code gateway-error} is the same with 502, 503 and 504 alone
 * (both as in Envoy's {@code x-envoy-retry-on}). {@code timeout}, {@code connect-failure} and {@code reset} are just
 * that. {@link AttemptOutcome.Other} is covered by none.
 */
public final class RetryDecider {

    private static final Set<String> IDEMPOTENT = Set.of("GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE");

    private RetryDecider() {}

    /**
     * Decides, and if the verdict is another try, spends one retry of the budget and draws the pause.
     *
     * @param deadline of the whole request
     */
    public static RetryVerdict decide(
            RetryPolicy policy, FailedAttempt attempt, Deadline deadline, RetryBudget budget, RandomGenerator random) {
        Optional<RetryVerdict.Reason> objection = objection(policy, attempt);
        if (objection.isPresent()) {
            return new RetryVerdict.Stop(objection.get());
        }
        Duration pause = Backoff.delay(policy.backoff(), attempt.number(), random);
        if (deadline.remaining().compareTo(pause) <= 0) {
            return new RetryVerdict.Stop(RetryVerdict.Reason.DEADLINE_TOO_NEAR);
        }
        return budget.tryRetry()
                ? new RetryVerdict.Retry(pause)
                : new RetryVerdict.Stop(RetryVerdict.Reason.BUDGET_SPENT);
    }

    /** What policy and attempt alone say against another try; empty when nothing does. Pure. */
    public static Optional<RetryVerdict.Reason> objection(RetryPolicy policy, FailedAttempt attempt) {
        if (!listed(policy.retryOn(), attempt.outcome())) {
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

    private static boolean listed(Set<RetryCondition> conditions, AttemptOutcome outcome) {
        return switch (outcome) {
            case AttemptOutcome.Answered(int status) ->
                (status >= 500 && status <= 599 && conditions.contains(RetryCondition.ANY_5XX))
                        || (status >= 502 && status <= 504 && conditions.contains(RetryCondition.GATEWAY_ERROR));
            case AttemptOutcome.TimedOut() -> unanswered(conditions, RetryCondition.TIMEOUT);
            case AttemptOutcome.ConnectFailed() -> unanswered(conditions, RetryCondition.CONNECT_FAILURE);
            case AttemptOutcome.Reset() -> unanswered(conditions, RetryCondition.RESET);
            case AttemptOutcome.Other() -> false;
        };
    }

    private static boolean unanswered(Set<RetryCondition> conditions, RetryCondition own) {
        return conditions.contains(own)
                || conditions.contains(RetryCondition.ANY_5XX)
                || conditions.contains(RetryCondition.GATEWAY_ERROR);
    }

    private static boolean repeatable(RetryPolicy.Methods methods, String method) {
        return switch (methods) {
            case ANY -> true;
            case IDEMPOTENT -> IDEMPOTENT.contains(method);
        };
    }
}
