package io.signalbox.mesh.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.signalbox.mesh.model.HedgeDelay;
import io.signalbox.mesh.model.RetryCondition;
import io.signalbox.mesh.model.RetryPolicy;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The retry section of a policy, as text. */
class RetryFormatTest {

    private static final String HEAD = "apiVersion: signalbox.io/v1\nkind: TrafficPolicy\nservice: user-service\n";

    @Test
    void aRetrySectionAloneTurnsRetriesOnWithTheDocumentedConditions() {
        RetryPolicy retry = PolicyFormat.read(HEAD + "retry: {}").retry();

        assertThat(retry.maxAttempts()).isEqualTo(3);
        assertThat(retry.retryOn())
                .containsExactlyInAnyOrder(
                        RetryCondition.GATEWAY_ERROR, RetryCondition.CONNECT_FAILURE, RetryCondition.RESET);
        assertThat(retry.enabled()).isTrue();
    }

    @Test
    void statusesAndConditionsStandInOneList() {
        RetryPolicy retry =
                PolicyFormat.read(HEAD + "retry: {retryOn: [503, reset, 429]}").retry();

        assertThat(retry.retryOn()).containsExactly(RetryCondition.RESET);
        assertThat(retry.statuses()).containsExactlyInAnyOrder(429, 503);
        assertThat(PolicyFormat.read(HEAD + "retry: {retryOn: 503}").retry().enabled())
                .isTrue();
    }

    @Test
    void aHedgeWaitsForAQuantileUnlessItNamesATime() {
        assertThat(PolicyFormat.read(HEAD + "retry: {hedge: {}}").retry().hedge())
                .contains(new RetryPolicy.Hedge(new HedgeDelay.Quantile(95), 1));
        assertThat(PolicyFormat.read(HEAD + "retry: {maxAttempts: 1, hedge: {after: 200ms, maxExtra: 2}}")
                        .retry()
                        .hedge())
                .contains(new RetryPolicy.Hedge(new HedgeDelay.Fixed(Duration.ofMillis(200)), 2));
        assertThat(PolicyFormat.yaml(PolicyFormat.read(HEAD + "retry: {hedge: {after: p99.9}}")))
                .contains("after: p99.9");
        assertThat(PolicyFormat.yaml(PolicyFormat.read(HEAD + "retry: {}"))).doesNotContain("hedge");
    }

    @Test
    void whatARetryDoesNotSayIsNotWrittenEither() {
        assertThat(PolicyFormat.yaml(PolicyFormat.read(HEAD + "retry: {}"))).doesNotContain("maxRetryAfter");
        assertThat(PolicyFormat.yaml(PolicyFormat.read(HEAD + "retry: {backoff: {maxRetryAfter: 0s}}")))
                .contains("maxRetryAfter: 0s");
    }

    @ParameterizedTest(name = "{1}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
        4 | retry: {retryOn: [5xx, sometimes]}             | retry.retryOn: sometimes (expected: 5xx | gateway-error | timeout | connect-failure | reset | retriable-4xx | grpc-cancelled | grpc-deadline-exceeded | grpc-resource-exhausted | grpc-internal | grpc-unavailable | a status, such as 503)
        4 | retry: {retryOn: [5xx, 200]}                   | retry.retryOn: 200 (expected: a status 400..599)
        4 | retry: {retryOn: 600}                          | retry.retryOn: 600 (expected: a status 400..599)
        4 | retry: {retryOn: [status]}                     | retry.retryOn: status (expected: 5xx |
        4 | retry: {retryOn: [-503]}                       | retry.retryOn: -503 (expected: 5xx |
        4 | retry: {hedge: {after: p5}}                    | retry.hedge.after: p5 (expected: p50..p99.9)
        4 | retry: {hedge: {after: p100}}                  | retry.hedge.after: p100 (expected: p50..p99.9)
        4 | retry: {hedge: {after: soon}}                  | retry.hedge.after: soon (expected: p50..p99.9, or a duration with a unit, such as 200ms)
        4 | retry: {hedge: {after: 0s}}                    | retry.hedge.after: PT0S (expected: more than zero)
        4 | retry: {hedge: {maxExtra: 4}}                  | retry.hedge.maxExtra: 4 (expected: 1..3)
        4 | retry: {hedge: p95}                            | retry.hedge: p95 (expected: a mapping of fields)
        4 | retry: {backoff: {maxRetryAfter: soon}}        | retry.backoff.maxRetryAfter: soon (expected: a duration with a unit
        4 | retry: {maxAttempts: 11}                       | retry.maxAttempts: 11 (expected: 1..10)
        4 | retry: {methods: some}                         | retry.methods: some (expected: idempotent | any)
        4 | retry: {backoff: {base: 2s, max: 1s}}          | retry.backoff.max: PT1S (expected: >= base
        4 | retry: {budget: {ratio: 1.5}}                  | retry.budget.ratio: 1.5 (expected: 0.0..1.0)
        4 | retry: {hedge: {maxExtra: 0}}                  | retry.hedge.maxExtra: 0 (expected: 1..3)
        4 | retry: {hedge: {afer: p95}}                    | retry.hedge.afer: unknown field (expected: did you mean after?)
        4 | retry: {hedge: {after: p99.99}}                | retry.hedge.after: p99.99 (expected: p50..p99.9)
        4 | retry: {backoff: {maxRetryAfter: 10}}          | retry.backoff.maxRetryAfter: 10 (expected: a duration with a unit
        4 | retry: {retryOn: {status: 503}}                | retry.retryOn: a mapping (expected:
        4 | rules: [{to: v2, retry: {hedge: {maxExtra: 9}}}] | rules[0].retry.hedge.maxExtra: 9 (expected: 1..3)
        """)
    void aWrongFieldIsRefusedWithItsLinePathValueAndExpectation(int line, String text, String message) {
        InvalidDocumentException refusal =
                catchThrowableOfType(InvalidDocumentException.class, () -> PolicyFormat.read(HEAD + text));

        assertThat(refusal).hasMessageStartingWith("line " + line + ", column ").hasMessageContaining(message);
    }
}
