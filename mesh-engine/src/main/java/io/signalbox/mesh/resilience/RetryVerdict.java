package io.signalbox.mesh.resilience;

import java.time.Duration;

/** Whether an attempt is followed by another. */
public sealed interface RetryVerdict {

    /** Try again after this pause. */
    record Retry(Duration pause) implements RetryVerdict {}

    /** Give the caller what there is. */
    record Stop(Reason reason) implements RetryVerdict {}

    /** Why there is no further attempt; when several hold, the first in this order. */
    enum Reason {
        /** The outcome is none of those that the policy retries on; so is every success. */
        CONDITION_NOT_LISTED,
        /** All attempts that the policy allows have been made. */
        ATTEMPTS_USED_UP,
        /** The application may have acted on the request, and doing it twice may not be the same as once. */
        NOT_IDEMPOTENT,
        /** The request's body cannot be sent again. */
        BODY_GONE,
        /** The endpoint asks for a longer pause than the policy waits. */
        RETRY_AFTER_TOO_LONG,
        /** The request's time ends before the pause does. */
        DEADLINE_TOO_NEAR,
        /** Too many of the recent requests were retries. */
        BUDGET_SPENT
    }
}
