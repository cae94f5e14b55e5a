package io.signalbox.mesh.balance;

import static io.signalbox.mesh.balance.TestEndpoints.IDLE;
import static io.signalbox.mesh.balance.TestEndpoints.endpoints;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.mesh.model.BalancingStrategy;
import io.signalbox.mesh.model.Endpoint;
import io.signalbox.mesh.model.LoadBalancing;
import io.signalbox.mesh.time.ManualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PickListenerTest {

    private final List<Told> told = new ArrayList<>();
    private final ManualTime time = new ManualTime();

    private record Told(
            PickedFor why, double score, @Nullable Endpoint other, double otherScore) {}

    @ParameterizedTest
    @EnumSource
    void everyPickIsToldOnceAndWhatIsToldIsWhatWasPicked(BalancingStrategy strategy) {
        Balancer balancer = TestBalancers.balancer(strategy, 7);
        List<Endpoint> all = endpoints("a", "b", "c");
        balancer.follow(all);
        for (int i = 1; i <= 200; i++) {
            Endpoint picked = Objects.requireNonNull(pick(balancer, all, IDLE, i));
            assertThat(told).hasSize(i);
            assertThat(told.getLast().other()).isNotEqualTo(picked);
        }
        assertThat(pick(balancer, List.of(), IDLE, 1)).isNull();
        assertThat(told).as("nobody was picked").hasSize(200);
    }

    @Test
    void creditsAreThoseThatDecided() {
        Balancer balancer = TestBalancers.balancer(BalancingStrategy.WEIGHTED_ROUND_ROBIN, 7);
        List<Endpoint> both = endpoints("a", "b");

        pick(balancer, both, IDLE, 1);
        pick(balancer, both, IDLE, 1);

        assertThat(told)
                .containsExactly(
                        new Told(PickedFor.CREDIT, 1, both.get(1), 1), new Told(PickedFor.CREDIT, 2, both.get(0), 0));
    }

    @Test
    void callsInFlightAreThoseThatDecided() {
        Balancer balancer = TestBalancers.balancer(BalancingStrategy.LEAST_REQUEST, 7);
        List<Endpoint> all = endpoints("a", "b", "c");
        InFlight calls = endpoint -> 10 - all.indexOf(endpoint);

        pick(balancer, all, calls, 1);

        assertThat(told).containsExactly(new Told(PickedFor.FEWEST_CALLS, 8, all.get(1), 9));
    }

    @Test
    void theOwnerOfAKeyIsToldAndOfAnAbsentOwnerTheDraws() {
        Balancer balancer = TestBalancers.balancer(BalancingStrategy.MAGLEV, 7);
        List<Endpoint> all = endpoints("a", "b", "c");
        balancer.follow(all);
        Endpoint owner = Objects.requireNonNull(pick(balancer, all, IDLE, 99));
        List<Endpoint> others =
                all.stream().filter(endpoint -> !endpoint.equals(owner)).toList();

        pick(balancer, others, IDLE, 99);
        pick(balancer, others, IDLE, RequestKey.NONE);

        assertThat(told)
                .extracting(Told::why)
                .containsExactly(PickedFor.KEY_OWNER, PickedFor.KEY_DRAW, PickedFor.CHANCE);
        assertThat(told.get(1).score()).isGreaterThan(told.get(1).otherScore());
    }

    @ParameterizedTest
    @EnumSource(names = {"LEAST_REQUEST", "PEAK_EWMA"})
    void oneThatHasJustJoinedMostlySitsOut(BalancingStrategy strategy) {
        Arrivals arrivals = new Arrivals(time);
        LoadBalancing plain = LoadBalancing.plain(strategy);
        Balancer balancer = Balancer.of(slowly(plain), arrivals, new SplittableRandom(7), time);
        arrivals.follow(endpoints("old"));
        List<Endpoint> both = endpoints("old", "new");
        arrivals.follow(both);
        for (int i = 0; i < 50; i++) {
            pick(balancer, both, IDLE, 1);
        }

        assertThat(told)
                .filteredOn(one -> one.otherScore() == PickListener.SITS_OUT)
                .hasSizeGreaterThan(30)
                .extracting(Told::other)
                .containsOnly(both.get(1));
    }

    private static LoadBalancing slowly(LoadBalancing plain) {
        return new LoadBalancing(
                plain.strategy(),
                plain.hashOn(),
                plain.weights(),
                Optional.of(Duration.ofSeconds(30)),
                plain.zonePreference(),
                plain.panicThreshold());
    }

    private @Nullable Endpoint pick(Balancer balancer, List<Endpoint> candidates, InFlight calls, long key) {
        return balancer.pick(
                candidates,
                calls,
                key,
                (why, score, other, otherScore) -> told.add(new Told(why, score, other, otherScore)));
    }
}
