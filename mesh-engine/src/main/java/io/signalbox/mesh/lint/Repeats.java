package io.signalbox.mesh.lint;

import io.signalbox.mesh.model.RetryCondition;
import io.signalbox.mesh.model.RetryPolicy;
import io.signalbox.mesh.resilience.AttemptOutcome;
import io.signalbox.mesh.resilience.RetryDecider;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;

/** What a retry policy may make of one call, whatever the budget then allows. */
final class Repeats {

    /** They are about the connection to the service called, and that stands while only those behind it fail. */
    private static final Set<RetryCondition> OF_THE_CONNECTION =
            EnumSet.of(RetryCondition.CONNECT_FAILURE, RetryCondition.RESET);

    /** The application was not reached, or has said that it did nothing. */
    private static final Set<RetryCondition> HARMLESS =
            EnumSet.of(RetryCondition.CONNECT_FAILURE, RetryCondition.RETRIABLE_4XX);

    private static final int SERVER_ERROR = 500;

    private Repeats() {}

    /** The most attempts of one call, each after one that failed. */
    static int attempts(RetryPolicy retry) {
        return retry.enabled() ? retry.maxAttempts() : 1;
    }

    /** The same when the service itself is well, and one that it calls is not. */
    static int attemptsForOthers(RetryPolicy retry) {
        Set<RetryCondition> seen = new HashSet<>(retry.retryOn());
        seen.removeAll(OF_THE_CONNECTION);
        if (retry.perTryTimeout().isEmpty()) {
            seen.remove(RetryCondition.TIMEOUT);
        }
        boolean triesAgain =
                retry.enabled() && !(seen.isEmpty() && retry.statuses().isEmpty());
        return triesAgain ? retry.maxAttempts() : 1;
    }

    /** Whether an attempt whose own time is over is followed by another. */
    static boolean afterTimeouts(RetryPolicy retry) {
        return retry.enabled()
                && retry.perTryTimeout().isPresent()
                && RetryDecider.condition(retry, new AttemptOutcome.TimedOut()) != null;
    }

    /** Whether something that is not idempotent may be done twice. */
    static boolean twice(RetryPolicy retry) {
        boolean done = !HARMLESS.containsAll(retry.retryOn())
                || retry.statuses().stream().anyMatch(status -> status >= SERVER_ERROR);
        return retry.methods() == RetryPolicy.Methods.ANY && (retry.hedge().isPresent() || (retry.enabled() && done));
    }

    /** The most attempts beside one that is slow. */
    static int hedges(RetryPolicy retry) {
        return retry.hedge().map(RetryPolicy.Hedge::maxExtra).orElse(0);
    }
}
