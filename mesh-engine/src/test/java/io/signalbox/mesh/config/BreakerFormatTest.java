package io.signalbox.mesh.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.mesh.model.BreakerScope;
import io.signalbox.mesh.model.BreakerWindow;
import io.signalbox.mesh.model.BreakerWindow.Extent;
import io.signalbox.mesh.model.BreakerWindow.SlowCalls;
import io.signalbox.mesh.model.CircuitBreakerConfig;
import io.signalbox.mesh.model.TrafficPolicy;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BreakerFormatTest {

    private static final String HEAD = "apiVersion: signalbox.io/v1\nkind: TrafficPolicy\nservice: user-service\n";

    @Test
    void aWindowIsReadFieldByField() {
        CircuitBreakerConfig read = breaker("{ window: { type: time, size: 30s, minimumCalls: 50, failureRate: 0.25,"
                + " slowCallRate: 0.75, slowCallDuration: 800ms }, openDuration: 10s, scope: service }");

        assertThat(read)
                .isEqualTo(new CircuitBreakerConfig(
                        5,
                        2,
                        Duration.ofSeconds(10),
                        3,
                        Optional.of(new BreakerWindow(
                                new Extent.Time(Duration.ofSeconds(30)),
                                50,
                                0.25,
                                Optional.of(new SlowCalls(0.75, Duration.ofMillis(800))))),
                        BreakerScope.SERVICE));
    }

    @Test
    void aWindowHasDefaults() {
        assertThat(breaker("{ window: {} }").window())
                .contains(new BreakerWindow(new Extent.Calls(100), 20, 0.5, Optional.empty()));
        assertThat(breaker("{ window: { type: time, slowCallRate: 0.9 } }").window())
                .contains(new BreakerWindow(
                        new Extent.Time(Duration.ofSeconds(10)),
                        20,
                        0.5,
                        Optional.of(new SlowCalls(0.9, Duration.ofSeconds(2)))));
        assertThat(breaker("{ window: { size: 5 } }").window().orElseThrow().minimumCalls())
                .isEqualTo(5);
    }

    @Test
    void aBreakerWithoutAWindowIsWrittenAsEver() {
        assertThat(PolicyFormat.yaml(TrafficPolicy.defaults("cart")))
                .doesNotContain("window")
                .doesNotContain("scope")
                .contains("failureThreshold: 5");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        { window: { size: 0 } }                                | circuitBreaker.window.size: 0 (expected: 1..10000)
        { window: { size: 10s } }                              | circuitBreaker.window.size: 10s (expected: a whole number)
        { window: { type: time, size: 1500ms } }               | circuitBreaker.window.size: PT1.5S (expected: whole seconds, 1s..10m)
        { window: { type: sliding } }                          | circuitBreaker.window.type: sliding (expected: count | time)
        { window: { size: 10, minimumCalls: 11 } }             | circuitBreaker.window.minimumCalls: 11 (expected: 1..size, which is 10)
        { window: { failureRate: 0.0 } }                       | circuitBreaker.window.failureRate: 0.0 (expected: more than 0.0, at most 1.0)
        { window: { failureRate: 50 } }                        | circuitBreaker.window.failureRate: 50.0 (expected: more than 0.0, at most 1.0)
        { window: { slowCallDuration: 0s } }                   | circuitBreaker.window.slowCallDuration: PT0S (expected: more than zero)
        { window: { slowCallRat: 1 } }                         | circuitBreaker.window.slowCallRat: unknown field (expected: did you mean slowCallRate?)
        { window: {}, failureThreshold: 5 }                    | circuitBreaker.failureThreshold: beside window (expected: one of failureThreshold, window)
        { scope: version }                                     | circuitBreaker.scope: version (expected: endpoint | service)
        """)
    void whatIsWrongIsRefusedInItsPlace(String text, String message) {
        assertThatThrownBy(() -> breaker(text))
                .isInstanceOf(InvalidDocumentException.class)
                .hasMessageContaining("line 4, column ")
                .hasMessageContaining(message);
    }

    private static CircuitBreakerConfig breaker(String text) {
        return PolicyFormat.read(HEAD + "circuitBreaker: " + text).circuitBreaker();
    }
}
