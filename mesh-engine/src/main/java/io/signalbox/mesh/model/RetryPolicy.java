package io.signalbox.mesh.model;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * How often, when and how fast a failed attempt is tried again.
 *
 * @param maxAttempts attempts in all, the first included, 1..10 (default 3)
 * @param perTryTimeout how long one attempt may take to its answer's head; absent means the request's timeout alone
 * @param retryOn the conditions that allow another attempt
 * @param backoff the pause before each further attempt
 * @param budget the limit on retries as a share of all requests
 * @param methods which requests may be repeated once they may have reached the application
 * @param statuses of answers that allow another attempt as well, 400..599
 * @param hedge when an attempt that has not answered yet gets company; empty means never
 */
public record RetryPolicy(
        int maxAttempts,
        Optional<Duration> perTryTimeout,
        Set<RetryCondition> retryOn,
        Backoff backoff,
        Budget budget,
        Methods methods,
        Set<Integer> statuses,
        Optional<Hedge> hedge) {

    public static final RetryPolicy OFF =
            new RetryPolicy(1, Optional.empty(), Set.of(), Backoff.DEFAULT, Budget.DEFAULT, Methods.IDEMPOTENT);

    public RetryPolicy {
        InvalidValueException.unless(maxAttempts >= 1 && maxAttempts <= 10, "retry.maxAttempts", maxAttempts, "1..10");
        InvalidValueException.unless(
                perTryTimeout.isEmpty() || perTryTimeout.get().isPositive(),
                "retry.perTryTimeout",
                perTryTimeout.orElse(null),
                "more than zero");
        retryOn = Set.copyOf(retryOn);
        statuses = Set.copyOf(statuses);
        for (RetryCondition condition : retryOn) {
            InvalidValueException.unless(
                    RetryCondition.WORDS.contains(condition),
                    "retry.retryOn",
                    condition,
                    "conditions that have a word");
        }
        for (int status : statuses) {
            InvalidValueException.unless(status >= 400 && status <= 599, "retry.retryOn", status, "a status 400..599");
        }
    }

    /** Without a list of statuses and without hedging. */
    public RetryPolicy(
            int maxAttempts,
            Optional<Duration> perTryTimeout,
            Set<RetryCondition> retryOn,
            Backoff backoff,
            Budget budget,
            Methods methods) {
        this(maxAttempts, perTryTimeout, retryOn, backoff, budget, methods, Set.of(), Optional.empty());
    }

    /** Whether a request may be sent more than once, for whatever reason. */
    public boolean repeats() {
        return enabled() || hedge.isPresent();
    }

    public boolean enabled() {
        return maxAttempts > 1 && !(retryOn.isEmpty() && statuses.isEmpty());
    }

    /**
     * An exponential pause with full jitter: uniform in 0..min(max, base·2ⁿ).
     *
     * @param base the first bound (default 25 ms)
     * @param max the highest bound (default 1 s)
     * @param maxRetryAfter the longest {@code Retry-After} that is waited for (default 10 s); 0 waits for none
     */
    public record Backoff(Duration base, Duration max, Duration maxRetryAfter) {

        public static final Duration DEFAULT_MAX_RETRY_AFTER = Duration.ofSeconds(10);
        public static final Backoff DEFAULT = new Backoff(Duration.ofMillis(25), Duration.ofSeconds(1));

        public Backoff {
            InvalidValueException.unless(!base.isNegative(), "retry.backoff.base", base, ">= 0");
            InvalidValueException.unless(
                    base.compareTo(max) <= 0, "retry.backoff.max", max, ">= base, which is " + base);
            InvalidValueException.unless(
                    !maxRetryAfter.isNegative(), "retry.backoff.maxRetryAfter", maxRetryAfter, ">= 0");
        }

        public Backoff(Duration base, Duration max) {
            this(base, max, DEFAULT_MAX_RETRY_AFTER);
        }
    }

    /**
     * The most retries allowed, as a share of requests, with a floor.
     *
     * @param ratio retries per request over the last ten seconds, 0..1 (default 0.2)
     * @param minPerSecond retries a second that are always allowed, at least 0 (default 3)
     */
    public record Budget(double ratio, int minPerSecond) {

        public static final Budget DEFAULT = new Budget(0.2, 3);

        public Budget {
            InvalidValueException.unless(ratio >= 0 && ratio <= 1, "retry.budget.ratio", ratio, "0.0..1.0");
            InvalidValueException.unless(minPerSecond >= 0, "retry.budget.minPerSecond", minPerSecond, ">= 0");
        }
    }

    /**
     * A further attempt at another endpoint, beside one that is slow to answer; the first good answer wins.
     *
     * @param after how long an attempt may take before it gets company (default p95)
     * @param maxExtra attempts of a request that may be added in this way, 1..3 (default 1)
     */
    public record Hedge(HedgeDelay after, int maxExtra) {

        public Hedge {
            InvalidValueException.unless(maxExtra >= 1 && maxExtra <= 3, "retry.hedge.maxExtra", maxExtra, "1..3");
        }
    }

    /** Which request methods may be repeated once the request may have reached the application. */
    public enum Methods {
        /** GET, HEAD, OPTIONS, TRACE, PUT and DELETE (RFC 9110, 9.2.2). */
        IDEMPOTENT,
        /** Every method: the operator says that repeating is safe. */
        ANY
    }
}
