package io.signalbox.mesh.balance;

import static io.signalbox.mesh.balance.TestBalancers.balancer;
import static io.signalbox.mesh.balance.TestEndpoints.IDLE;
import static io.signalbox.mesh.balance.TestEndpoints.endpoints;
import static io.signalbox.mesh.balance.TestEndpoints.numbered;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.mesh.model.BalancingStrategy;
import io.signalbox.mesh.model.Endpoint;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class BalancerTest {

    private static final int PICKS = 40_000;

    @ParameterizedTest
    @EnumSource
    void everyStrategyPicksNothingFromNothingAndTheOnlyOneFromOne(BalancingStrategy strategy) {
        Balancer balancer = balancer(strategy, 1);
        List<Endpoint> only = endpoints("only");

        assertThat(balancer.pick(List.of(), IDLE)).isNull();
        assertThat(balancer.pick(only, IDLE)).isSameAs(only.getFirst());
    }

    @ParameterizedTest
    @EnumSource
    void everyStrategySpreadsEvenlyOverIdleEndpoints(BalancingStrategy strategy) {
        Balancer balancer = balancer(strategy, 2);

        Map<String, Integer> picks = picks(balancer, numbered(4), IDLE);

        assertThat(picks.values())
                .hasSize(4)
                .allSatisfy(count -> assertThat(count).isBetween(9_650, 10_350));
    }

    @Test
    @DisplayName("the random function does not compile: ours draws every endpoint, in no rotation")
    void theRandomFunctionCompilesAndIsRandom() {
        Balancer balancer = balancer(BalancingStrategy.RANDOM, 3);
        List<Endpoint> two = endpoints("a", "b");
        int repeats = 0;
        Endpoint before = balancer.pick(two, IDLE);
        for (int i = 0; i < PICKS; i++) {
            Endpoint now = balancer.pick(two, IDLE);
            repeats += Objects.equals(now, before) ? 1 : 0;
            before = now;
        }

        assertThat(repeats).isBetween(PICKS / 2 - 400, PICKS / 2 + 400);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, LeastRequest.SCAN_LIMIT})
    void leastRequestFindsTheOnlyIdleEndpointAmongFew(int count) {
        List<Endpoint> candidates = numbered(count);
        Endpoint idle = candidates.getLast();
        Balancer balancer = balancer(BalancingStrategy.LEAST_REQUEST, 4);
        for (int i = 0; i < 100; i++) {
            assertThat(balancer.pick(candidates, e -> e.equals(idle) ? 0 : 1)).isSameAs(idle);
        }
    }

    @Test
    void leastRequestBreaksTiesAmongTheLeastBusyAlone() {
        List<Endpoint> candidates = endpoints("a", "b", "c");
        Balancer balancer = balancer(BalancingStrategy.LEAST_REQUEST, 5);

        Map<String, Integer> picks =
                picks(balancer, candidates, e -> e.instanceId().equals("b") ? 7 : 2);

        assertThat(picks).containsOnlyKeys("a", "c");
        assertThat(picks.get("a")).isBetween(PICKS / 2 - 400, PICKS / 2 + 400);
    }

    @Test
    void leastRequestAmongManyNeverPicksTheBusiestAndFavoursTheIdle() {
        List<Endpoint> candidates = numbered(20);
        Balancer balancer = balancer(BalancingStrategy.LEAST_REQUEST, 6);

        Map<String, Integer> picks =
                picks(balancer, candidates, e -> Integer.parseInt(e.instanceId().substring(1)));

        // The chance of rank r of n by two different draws is 2(n-1-r) / n(n-1).
        assertThat(picks).doesNotContainKey("e19");
        assertThat(picks.get("e0")).isBetween(PICKS / 10 - 300, PICKS / 10 + 300);
        assertThat(picks.get("e10")).isBetween(PICKS * 9 / 190 - 200, PICKS * 9 / 190 + 200);
    }

    private static Map<String, Integer> picks(Balancer balancer, List<Endpoint> candidates, InFlight inFlight) {
        Map<String, Integer> picks = new HashMap<>();
        for (int i = 0; i < PICKS; i++) {
            Endpoint picked = Objects.requireNonNull(balancer.pick(candidates, inFlight));
            picks.merge(picked.instanceId(), 1, Integer::sum);
        }
        return picks;
    }
}
