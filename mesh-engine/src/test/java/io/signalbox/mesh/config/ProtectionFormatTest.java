package io.signalbox.mesh.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.mesh.model.ConcurrencyLimit;
import io.signalbox.mesh.model.OutlierDetection;
import io.signalbox.mesh.model.OutlierDetection.SuccessRateRule;
import io.signalbox.mesh.model.Protection;
import io.signalbox.mesh.model.RateLimit;
import io.signalbox.mesh.model.TrafficPolicy;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProtectionFormatTest {

    private static final String HEAD = "apiVersion: signalbox.io/v1\nkind: TrafficPolicy\nservice: user-service\n";

    @Test
    void outlierDetectionIsReadFieldByField() {
        assertThat(protection("outlierDetection: { consecutiveFailures: 3, baseEjection: 10s, maxEjection: 1m,"
                        + " maxEjectedShare: 0.3, successRate: { interval: 5s, minimumCalls: 50, minimumEndpoints: 3,"
                        + " deviations: 2.5 } }"))
                .isEqualTo(Protection.NONE.withOutliers(new OutlierDetection(
                        3,
                        Optional.of(new SuccessRateRule(Duration.ofSeconds(5), 50, 3, 2.5)),
                        Duration.ofSeconds(10),
                        Duration.ofMinutes(1),
                        0.3)));
    }

    @Test
    void outlierDetectionHasDefaults() {
        assertThat(protection("outlierDetection: {}").outliers()).contains(OutlierDetection.DEFAULT);
        assertThat(protection("outlierDetection: { successRate: {} }")
                        .outliers()
                        .orElseThrow()
                        .successRate())
                .contains(SuccessRateRule.DEFAULT);
        assertThat(protection("outlierDetection: { baseEjection: 10m }")
                        .outliers()
                        .orElseThrow()
                        .maxEjection())
                .isEqualTo(Duration.ofMinutes(10));
    }

    @Test
    void aRateLimitIsReadFieldByFieldAndHasDefaults() {
        assertThat(protection("rateLimit: { requests: 100, per: 10s, burst: 50 }")
                        .rateLimit())
                .contains(new RateLimit(100, Duration.ofSeconds(10), 50));
        assertThat(protection("rateLimit: { requests: 7 }").rateLimit())
                .contains(new RateLimit(7, Duration.ofSeconds(1), 7));
    }

    @Test
    void aCallerLimitIsReadLikeARateLimit() {
        assertThat(protection("callerLimit: { requests: 100, per: 10s, burst: 50 }"))
                .isEqualTo(Protection.NONE.withCallerLimit(new RateLimit(100, Duration.ofSeconds(10), 50)));
        assertThat(protection("callerLimit: { requests: 7 }").callerLimit())
                .contains(new RateLimit(7, Duration.ofSeconds(1), 7));
    }

    @Test
    void aConcurrencyLimitIsReadFieldByFieldAndHasDefaults() {
        assertThat(protection("concurrencyLimit: { maxInFlight: 50, queue: 20, maxWait: 2s, adaptive: { min: 5,"
                                + " initial: 30, tolerance: 2.5 } }")
                        .concurrency())
                .contains(new ConcurrencyLimit(
                        50, 20, Duration.ofSeconds(2), Optional.of(new ConcurrencyLimit.Adaptive(5, 30, 2.5))));
        assertThat(protection("concurrencyLimit: { maxInFlight: 50 }").concurrency())
                .contains(new ConcurrencyLimit(50, 0, Duration.ofMillis(100), Optional.empty()));
        assertThat(adaptive("maxInFlight: 100, adaptive: {}")).isEqualTo(new ConcurrencyLimit.Adaptive(10, 20, 1.5));
        assertThat(adaptive("maxInFlight: 4, adaptive: {}")).isEqualTo(new ConcurrencyLimit.Adaptive(4, 4, 1.5));
        assertThat(adaptive("maxInFlight: 100, adaptive: { min: 30 }"))
                .isEqualTo(new ConcurrencyLimit.Adaptive(30, 30, 1.5));
    }

    private static ConcurrencyLimit.Adaptive adaptive(String fields) {
        return protection("concurrencyLimit: { " + fields + " }")
                .concurrency()
                .flatMap(ConcurrencyLimit::adaptive)
                .orElseThrow();
    }

    @Test
    void whatIsWrittenIsReadAsTheSame() {
        TrafficPolicy policy =
                PolicyFormat.read(HEAD + "rateLimit: { requests: 7 }\noutlierDetection: { successRate: {} }\n"
                        + "concurrencyLimit: { maxInFlight: 9, adaptive: {} }\ncallerLimit: { requests: 8 }");

        assertThat(PolicyFormat.read(PolicyFormat.yaml(policy))).isEqualTo(policy);
        assertThat(policy.protection()).isNotEqualTo(Protection.NONE);
    }

    @Test
    void nothingIsWrittenOfWhatIsNotAskedFor() {
        assertThat(PolicyFormat.yaml(TrafficPolicy.defaults("cart")))
                .doesNotContain("outlierDetection")
                .doesNotContain("rateLimit")
                .doesNotContain("concurrencyLimit")
                .doesNotContain("callerLimit");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        outlierDetection: { consecutiveFailures: 0 }            | outlierDetection.consecutiveFailures: 0 (expected: >= 1)
        outlierDetection: { baseEjection: 0s }                  | outlierDetection.baseEjection: PT0S (expected: more than zero)
        outlierDetection: { baseEjection: 9s, maxEjection: 8s } | outlierDetection.maxEjection: PT8S (expected: at least baseEjection, which is PT9S)
        outlierDetection: { maxEjectedShare: 1.1 }              | outlierDetection.maxEjectedShare: 1.1 (expected: 0.0..1.0)
        outlierDetection: { successRate: { minimumEndpoints: 1 } } | outlierDetection.successRate.minimumEndpoints: 1 (expected: >= 2)
        rateLimit: { per: 1s }                                  | rateLimit.requests: missing (expected: required)
        rateLimit: { requests: 0 }                              | rateLimit.requests: 0 (expected: >= 1)
        rateLimit: { requests: 1, per: 2h }                     | rateLimit.per: PT2H (expected: more than zero, at most 1h)
        rateLimit: { requests: 1, burst: 0 }                    | rateLimit.burst: 0 (expected: >= 1)
        callerLimit: { per: 1s }                                | callerLimit.requests: missing (expected: required)
        callerLimit: { requests: 0 }                            | callerLimit.requests: 0 (expected: >= 1)
        callerLimit: { request: 9 }                             | callerLimit.request: unknown field (expected: did you mean requests?)
        concurrencyLimit: { queue: 5 }                          | concurrencyLimit.maxInFlight: missing (expected: required)
        concurrencyLimit: { maxInFlight: 0 }                    | concurrencyLimit.maxInFlight: 0 (expected: 1..1000000)
        concurrencyLimit: { maxInFlight: 0, adaptive: {} }      | concurrencyLimit.maxInFlight: 0 (expected: 1..1000000)
        concurrencyLimit: { maxInFlight: 1, queue: -1 }         | concurrencyLimit.queue: -1 (expected: 0..10000)
        concurrencyLimit: { maxInFlight: 1, maxWait: 0s }       | concurrencyLimit.maxWait: PT0S (expected: more than zero, at most 1m)
        concurrencyLimit: { maxInFlight: 1, maxwait: 1s }       | concurrencyLimit.maxwait: unknown field (expected: did you mean maxWait?)
        concurrencyLimit: { maxInFlight: 9, adaptive: { min: 0 } } | concurrencyLimit.adaptive.min: 0 (expected: >= 1)
        concurrencyLimit: { maxInFlight: 9, adaptive: { min: 10 } } | concurrencyLimit.adaptive.min: 10 (expected: at most maxInFlight, which is 9)
        concurrencyLimit: { maxInFlight: 9, adaptive: { initial: 10 } } | concurrencyLimit.adaptive.initial: 10 (expected: at most maxInFlight, which is 9)
        concurrencyLimit: { maxInFlight: 9, adaptive: { min: 3, initial: 2 } } | concurrencyLimit.adaptive.initial: 2 (expected: at least min, which is 3)
        concurrencyLimit: { maxInFlight: 9, adaptive: { tolerance: 0.5 } } | concurrencyLimit.adaptive.tolerance: 0.5 (expected: 1.0..10.0)
        rules: [{ to: v1, rateLimit: { requests: 0 } }]         | rules[0].rateLimit.requests: 0 (expected: >= 1)
        rules: [{ to: v1, rateLimit: { request: 9 } }]          | rules[0].rateLimit.request: unknown field (expected: did you mean requests?)
        rules: [{ redirect: { path: /x }, rateLimit: { requests: 1 } }] | rules[0].rateLimit: beside redirect (expected: only beside to, since nothing is sent on)
        outlierDetection: { consecutive5xx: 5 }                 | outlierDetection.consecutive5xx: unknown field
        """)
    void whatIsWrongIsRefusedInItsPlace(String text, String message) {
        assertThatThrownBy(() -> protection(text))
                .isInstanceOf(InvalidDocumentException.class)
                .hasMessageContaining("line 4, column ")
                .hasMessageContaining(message);
    }

    private static Protection protection(String text) {
        return PolicyFormat.read(HEAD + text).protection();
    }
}
