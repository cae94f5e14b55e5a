package io.signalbox.mesh.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.mesh.model.RetryCondition;
import io.signalbox.mesh.model.RetryPolicy;
import io.signalbox.mesh.resilience.FailedAttempt.Body;
import io.signalbox.mesh.resilience.FailedAttempt.Reach;
import io.signalbox.mesh.resilience.RetryVerdict.Reason;
import io.signalbox.mesh.time.ManualTime;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryDeciderTest {

    private static final RetryPolicy.Budget NO_BUDGET = new RetryPolicy.Budget(0, 0);

    private final ManualTime time = new ManualTime();
    private final SplittableRandom random = new SplittableRandom(1);

    @DisplayName("retry conditions and per-try timeout are ignored: ours retries what is listed and nothing else")
    @ParameterizedTest(name = "{0} retried on [{1}]")
    @CsvSource(delimiter = '|', textBlock = """
        200             |
        404             |
        409             | retriable-4xx
        425             | retriable-4xx
        429             | retriable-4xx
        408             |
        499             |
        500             | 5xx
        501             | 5xx
        502             | 5xx gateway-error
        503             | 5xx gateway-error
        504             | 5xx gateway-error
        505             | 5xx
        599             | 5xx
        600             |
        timed-out       | 5xx gateway-error timeout grpc-deadline-exceeded
        connect-failed  | 5xx gateway-error connect-failure grpc-unavailable
        reset           | 5xx gateway-error reset grpc-unavailable
        grpc 1          | grpc-cancelled
        grpc 2          |
        grpc 4          | grpc-deadline-exceeded
        grpc 8          | grpc-resource-exhausted
        grpc 13         | grpc-internal
        grpc 14         | grpc-unavailable
        other           |
        """)
    void onlyListedConditionsAreRetried(String outcome, String retriedOn) {
        Set<RetryCondition> expected = EnumSet.noneOf(RetryCondition.class);
        if (retriedOn != null) {
            Arrays.stream(retriedOn.split(" ", -1)).map(RetryCondition::parse).forEach(expected::add);
        }
        for (RetryCondition condition : RetryCondition.WORDS) {
            Optional<Reason> objection =
                    RetryDecider.objection(policy(3, condition), attempt("GET", 1, outcome(outcome)));
            assertThat(objection)
                    .as("%s with %s", outcome, condition)
                    .isEqualTo(
                            expected.contains(condition) ? Optional.empty() : Optional.of(Reason.CONDITION_NOT_LISTED));
        }
    }

    @Test
    @DisplayName("retry conditions and per-try timeout are ignored: ours bounds every try")
    void thePerTryTimeoutBoundsEachTryAndTheDeadlineBoundsThemAll() {
        Deadline deadline = Deadline.after(Duration.ofMillis(250), time);
        RetryPolicy bounded = policy(3, Optional.of(Duration.ofMillis(100)), RetryCondition.TIMEOUT);
        assertThat(RetryDecider.tryTimeout(bounded, deadline)).isEqualTo(Duration.ofMillis(100));
        assertThat(RetryDecider.tryTimeout(policy(3, RetryCondition.TIMEOUT), deadline))
                .isEqualTo(Duration.ofMillis(250));

        time.advance(Duration.ofMillis(200));
        assertThat(RetryDecider.tryTimeout(bounded, deadline)).isEqualTo(Duration.ofMillis(50));
    }

    @Test
    void attemptsEndAtTheirMaximumTheFirstIncluded() {
        RetryPolicy three = policy(3, RetryCondition.ANY_5XX);

        assertThat(RetryDecider.objection(three, attempt("GET", 2, new AttemptOutcome.Answered(500))))
                .isEmpty();
        assertThat(RetryDecider.objection(three, attempt("GET", 3, new AttemptOutcome.Answered(500))))
                .contains(Reason.ATTEMPTS_USED_UP);
    }

    @Test
    void retriesThatAreOffRetryNothing() {
        for (String outcome : new String[] {"500", "timed-out", "connect-failed", "reset", "other"}) {
            assertThat(RetryDecider.objection(RetryPolicy.OFF, attempt("GET", 1, outcome(outcome))))
                    .contains(Reason.CONDITION_NOT_LISTED);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE"})
    void idempotentMethodsAreRepeated(String method) {
        assertThat(RetryDecider.objection(
                        policy(3, RetryCondition.RESET), attempt(method, 1, new AttemptOutcome.Reset())))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PATCH", "CONNECT", "get", "PURGE"})
    void otherMethodsAreRepeatedOnlyWhenNothingReachedTheApplication(String method) {
        RetryPolicy policy = policy(3, RetryCondition.ANY_5XX);
        FailedAttempt answered = attempt(method, 1, new AttemptOutcome.Answered(503));
        FailedAttempt refusedBefore =
                new FailedAttempt(method, 1, new AttemptOutcome.Answered(503), Reach.NOT_REACHED, Body.REPLAYABLE);
        FailedAttempt notConnected = attempt(method, 1, new AttemptOutcome.ConnectFailed());

        assertThat(RetryDecider.objection(policy, answered)).contains(Reason.NOT_IDEMPOTENT);
        assertThat(RetryDecider.objection(policy, refusedBefore)).isEmpty();
        assertThat(RetryDecider.objection(policy, notConnected)).isEmpty();
    }

    @Test
    void anOperatorMayAllowEveryMethod() {
        RetryPolicy any = new RetryPolicy(
                3,
                Optional.empty(),
                Set.of(RetryCondition.ANY_5XX),
                RetryPolicy.Backoff.DEFAULT,
                RetryPolicy.Budget.DEFAULT,
                RetryPolicy.Methods.ANY);

        assertThat(RetryDecider.objection(any, attempt("POST", 1, new AttemptOutcome.Answered(503))))
                .isEmpty();
    }

    @Test
    void aBodyThatIsGoneIsNotSentAgain() {
        FailedAttempt gone = new FailedAttempt("PUT", 1, new AttemptOutcome.Reset(), Reach.MAYBE_REACHED, Body.GONE);

        assertThat(RetryDecider.objection(policy(3, RetryCondition.RESET), gone))
                .contains(Reason.BODY_GONE);
    }

    @Test
    void anotherTryComesAfterAPauseAndSpendsTheBudget() {
        RetryBudget one = new RetryBudget(new RetryPolicy.Budget(0, 1), time);
        RetryVerdict first = decide(Duration.ofSeconds(5), one);
        RetryVerdict second = decide(Duration.ofSeconds(5), one);

        assertThat(first)
                .isInstanceOfSatisfying(
                        RetryVerdict.Retry.class,
                        retry -> assertThat(retry.pause()).isBetween(Duration.ZERO, Duration.ofMillis(25)));
        assertThat(second).isEqualTo(new RetryVerdict.Stop(Reason.BUDGET_SPENT));
    }

    @Test
    void aPauseThatOutlastsTheDeadlineIsNotBegunAndSpendsNothing() {
        RetryBudget one = new RetryBudget(new RetryPolicy.Budget(0, 1), time);

        assertThat(decide(Duration.ZERO, one)).isEqualTo(new RetryVerdict.Stop(Reason.DEADLINE_TOO_NEAR));
        assertThat(one.tryRetry()).isTrue();
    }

    @Test
    void aStatusMayBeListedByItsNumber() {
        RetryPolicy listed = new RetryPolicy(
                3,
                Optional.empty(),
                Set.of(RetryCondition.RESET),
                RetryPolicy.Backoff.DEFAULT,
                RetryPolicy.Budget.DEFAULT,
                RetryPolicy.Methods.IDEMPOTENT,
                Set.of(404, 503),
                Optional.empty());

        assertThat(RetryDecider.condition(listed, new AttemptOutcome.Answered(404)))
                .isEqualTo(RetryCondition.LISTED_STATUS);
        assertThat(RetryDecider.condition(listed, new AttemptOutcome.Answered(503)))
                .isEqualTo(RetryCondition.LISTED_STATUS);
        assertThat(RetryDecider.condition(listed, new AttemptOutcome.Answered(500)))
                .isNull();
    }

    @Test
    void theEndpointsPauseIsTheLeastOne() {
        RetryBudget budget = new RetryBudget(new RetryPolicy.Budget(0, 100), time);
        for (int i = 0; i < 50; i++) {
            assertThat(asked(Duration.ofSeconds(2), Duration.ofSeconds(5), budget))
                    .isInstanceOfSatisfying(
                            RetryVerdict.Retry.class,
                            retry -> assertThat(retry.pause())
                                    .isBetween(Duration.ofSeconds(2), Duration.ofMillis(2_025)));
        }
    }

    @Test
    void aPauseThatThePolicyDoesNotWaitForOrThatOutlastsTheDeadlineEndsTheTries() {
        RetryBudget one = new RetryBudget(new RetryPolicy.Budget(0, 1), time);

        assertThat(asked(Duration.ofSeconds(11), Duration.ofSeconds(60), one))
                .isEqualTo(new RetryVerdict.Stop(Reason.RETRY_AFTER_TOO_LONG));
        assertThat(asked(Duration.ofSeconds(5), Duration.ofSeconds(5), one))
                .isEqualTo(new RetryVerdict.Stop(Reason.DEADLINE_TOO_NEAR));
        assertThat(one.tryRetry()).as("neither spends the budget").isTrue();
    }

    private RetryVerdict asked(Duration retryAfter, Duration timeLeft, RetryBudget budget) {
        return RetryDecider.decide(
                policy(3, RetryCondition.ANY_5XX),
                attempt("GET", 1, new AttemptOutcome.Answered(503)),
                retryAfter,
                Deadline.after(timeLeft, time),
                budget,
                random);
    }

    @Test
    void anObjectionSpendsNoBudget() {
        RetryBudget one = new RetryBudget(new RetryPolicy.Budget(0, 1), time);
        RetryVerdict verdict = RetryDecider.decide(
                policy(3, RetryCondition.ANY_5XX),
                attempt("POST", 1, new AttemptOutcome.Answered(500)),
                Deadline.after(Duration.ofSeconds(1), time),
                one,
                random);

        assertThat(verdict).isEqualTo(new RetryVerdict.Stop(Reason.NOT_IDEMPOTENT));
        assertThat(one.tryRetry()).isTrue();
    }

    @Test
    void aSpentBudgetStopsEvenConnectFailures() {
        RetryVerdict verdict = RetryDecider.decide(
                policy(3, RetryCondition.CONNECT_FAILURE),
                attempt("POST", 1, new AttemptOutcome.ConnectFailed()),
                Deadline.after(Duration.ofSeconds(1), time),
                new RetryBudget(NO_BUDGET, time),
                random);

        assertThat(verdict).isEqualTo(new RetryVerdict.Stop(Reason.BUDGET_SPENT));
    }

    private RetryVerdict decide(Duration timeLeft, RetryBudget budget) {
        return RetryDecider.decide(
                policy(3, RetryCondition.ANY_5XX),
                attempt("GET", 1, new AttemptOutcome.Answered(500)),
                Deadline.after(timeLeft, time),
                budget,
                random);
    }

    private static FailedAttempt attempt(String method, int number, AttemptOutcome outcome) {
        return new FailedAttempt(method, number, outcome, Reach.MAYBE_REACHED, Body.REPLAYABLE);
    }

    private static RetryPolicy policy(int maxAttempts, RetryCondition... conditions) {
        return policy(maxAttempts, Optional.empty(), conditions);
    }

    private static RetryPolicy policy(int maxAttempts, Optional<Duration> perTry, RetryCondition... conditions) {
        return new RetryPolicy(
                maxAttempts,
                perTry,
                Set.of(conditions),
                RetryPolicy.Backoff.DEFAULT,
                RetryPolicy.Budget.DEFAULT,
                RetryPolicy.Methods.IDEMPOTENT);
    }

    private static AttemptOutcome outcome(String name) {
        return switch (name) {
            case "timed-out" -> new AttemptOutcome.TimedOut();
            case "connect-failed" -> new AttemptOutcome.ConnectFailed();
            case "reset" -> new AttemptOutcome.Reset();
            case "other" -> new AttemptOutcome.Other();
            default ->
                name.startsWith("grpc ")
                        ? new AttemptOutcome.GrpcAnswered(Integer.parseInt(name.substring(5)))
                        : new AttemptOutcome.Answered(Integer.parseInt(name));
        };
    }
}
