package io.signalbox.mesh.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
    void whatIsWrittenIsReadAsTheSame() {
        TrafficPolicy policy =
                PolicyFormat.read(HEAD + "rateLimit: { requests: 7 }\noutlierDetection: { successRate: {} }");

        assertThat(PolicyFormat.read(PolicyFormat.yaml(policy))).isEqualTo(policy);
        assertThat(policy.protection()).isNotEqualTo(Protection.NONE);
    }

    @Test
    void nothingIsWrittenOfWhatIsNotAskedFor() {
        assertThat(PolicyFormat.yaml(TrafficPolicy.defaults("cart")))
                .doesNotContain("outlierDetection")
                .doesNotContain("rateLimit");
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
