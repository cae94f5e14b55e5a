package io.signalbox.mesh.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelTest {

    @ParameterizedTest
    @ValueSource(ints = {-1, 101, Integer.MAX_VALUE})
    void aWeightOutsideOfZeroToHundredIsRefusedWithItsValue(int percent) {
        assertThatThrownBy(() -> new Weight(percent)).hasMessage("weight: " + percent + " (expected: 0..100)");
    }

    @Test
    void aWeightNeverGrowsPastAll() {
        assertThat(new Weight(95).plus(new Weight(10))).isEqualTo(Weight.ALL);
    }

    @Test
    void aSplitMustSumToHundred() {
        assertThatThrownBy(() -> new Splitting.Weighted(Map.of("v1", new Weight(70), "v2", new Weight(20))))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("sum to 100, not 90");
    }

    @Test
    void aSplitKeepsTheWrittenOrderAndNoLongerFollowsTheCallersMap() {
        Map<String, Weight> weights = new LinkedHashMap<>();
        weights.put("v3", new Weight(60));
        weights.put("v1", new Weight(40));
        Splitting.Weighted split = new Splitting.Weighted(weights);
        weights.clear();
        assertThat(split.weights().keySet()).containsExactly("v3", "v1");
    }

    @Test
    void aCanaryNeedsTwoVersions() {
        assertThatThrownBy(() -> new Splitting.Canary(
                        "v1",
                        "v1",
                        new Weight(10),
                        new Weight(10),
                        Duration.ofMinutes(5),
                        Weight.ALL,
                        new SuccessRate(0.99)))
                .hasMessage("canary.candidate: v1 (expected: another version than stable)");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        0, 2, 3, circuitBreaker.failureThreshold
        5, 0, 3, circuitBreaker.successThreshold
        5, 4, 3, circuitBreaker.successThreshold
        5, 1, 0, circuitBreaker.halfOpenRequests
        """)
    void aBreakerThatCouldNeverWorkIsRefused(int failures, int successes, int trials, String field) {
        assertThatThrownBy(() -> new CircuitBreakerConfig(failures, successes, Duration.ofSeconds(1), trials))
                .isInstanceOfSatisfying(
                        InvalidValueException.class, e -> assertThat(e.field()).isEqualTo(field));
    }

    @Test
    void theBreakersDefaultsAreTheReferences() {
        assertThat(CircuitBreakerConfig.DEFAULT).isEqualTo(new CircuitBreakerConfig(5, 2, Duration.ofSeconds(60), 3));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-a", "a-", "A", "a_b", "a.b", "ä"})
    void aServiceNameMustBeADnsLabel(String name) {
        assertThatThrownBy(() -> Names.service("service", name)).isInstanceOf(InvalidValueException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"checkout->payment", "checkout:payment", "checkout→payment", "checkout -> payment"})
    void anEdgeIsReadInEveryWrittenForm(String text) {
        assertThat(EdgeId.parse(text)).isEqualTo(new EdgeId("checkout", "payment"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"checkout", "a->b->c", "->", "a->"})
    void whatIsNoEdgeIsRefused(String text) {
        assertThatThrownBy(() -> EdgeId.parse(text)).isInstanceOf(InvalidValueException.class);
    }

    @Test
    void aRouteMatchesOnlyPathsWithoutAQuery() {
        assertThatThrownBy(() -> new RouteMatch(Map.of(), Optional.empty(), Optional.of("/v1?x=1"), Set.of()))
                .hasMessageStartingWith("match.pathPrefix: /v1?x=1");
    }

    @Test
    void anUnknownNameListsWhatExists() {
        assertThat(new UnknownNameException("service", "catalogue", List.of("cart", "catalog")))
                .hasMessage("service: catalogue (expected: one of cart, catalog)");
    }

    @ParameterizedTest
    @EnumSource(
            value = RetryCondition.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"LISTED_STATUS", "HEDGE"})
    void aRetryConditionIsReadBackFromItsWireName(RetryCondition condition) {
        assertThat(RetryCondition.parse(condition.wireName())).isEqualTo(condition);
    }

    @ParameterizedTest
    @EnumSource(Cause.class)
    void aCauseIsReadBackFromItsWireName(Cause cause) {
        assertThat(Cause.parse(cause.wireName())).contains(cause);
    }
}
