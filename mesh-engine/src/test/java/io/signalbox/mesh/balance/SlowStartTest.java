package io.signalbox.mesh.balance;

import static io.signalbox.mesh.balance.TestEndpoints.IDLE;
import static io.signalbox.mesh.balance.TestEndpoints.endpoints;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.mesh.model.BalancingStrategy;
import io.signalbox.mesh.model.Endpoint;
import io.signalbox.mesh.model.LoadBalancing;
import io.signalbox.mesh.time.ManualTime;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SlowStartTest {

    private static final int PICKS = 40_000;

    private final ManualTime time = new ManualTime();
    private final Arrivals arrivals = new Arrivals(time);
    private final List<Endpoint> old = endpoints("a", "b", "c");
    private final List<Endpoint> all = endpoints("a", "b", "c", "new");

    @ParameterizedTest
    @EnumSource(names = {"ROUND_ROBIN", "WEIGHTED_ROUND_ROBIN", "RANDOM"})
    void aNewEndpointsShareRisesWithItsAge(BalancingStrategy strategy) {
        Balancer balancer = balancer(strategy);
        arrivals.follow(old);
        arrivals.follow(all);

        // Its share beside three others: r / (3 + r).
        assertThat(share(balancer, all)).isBetween(0.028, 0.037);
        time.advance(Duration.ofSeconds(15));
        assertThat(share(balancer, all)).isBetween(0.135, 0.15);
        time.advance(Duration.ofSeconds(14));
        assertThat(share(balancer, all)).isBetween(0.23, 0.25);
        time.advance(Duration.ofSeconds(1));
        assertThat(share(balancer, all)).isBetween(0.24, 0.26);
    }

    @ParameterizedTest
    @EnumSource(names = {"LEAST_REQUEST", "PEAK_EWMA"})
    void aNewEndpointThatIsIdleIsNotFlooded(BalancingStrategy strategy) {
        Balancer balancer = balancer(strategy);
        arrivals.follow(old);
        arrivals.follow(all);
        InFlight othersBusy = endpoint -> endpoint.instanceId().equals("new") ? 0 : 5;

        assertThat(share(balancer, all, othersBusy)).isBetween(0.04, 0.12);
        time.advance(Duration.ofSeconds(15));
        assertThat(share(balancer, all, othersBusy)).isBetween(0.2, 0.55);
        time.advance(Duration.ofSeconds(15));
        assertThat(share(balancer, all, othersBusy)).isBetween(0.49, 1.0);
    }

    @Test
    void callsOfANewEndpointCountForMore() {
        Balancer balancer = balancer(BalancingStrategy.LEAST_REQUEST);
        arrivals.follow(old);
        arrivals.follow(all);
        time.advance(Duration.ofSeconds(15));

        assertThat(share(balancer, all, endpoint -> endpoint.instanceId().equals("new") ? 3 : 5))
                .isZero();
    }

    @Test
    void thoseThatWereThereFirstHaveTheirShareAtOnce() {
        Balancer balancer = balancer(BalancingStrategy.ROUND_ROBIN);
        arrivals.follow(all);

        assertThat(share(balancer, all)).isBetween(0.24, 0.26);
    }

    @Test
    void oneThatComesBackStartsAnew() {
        Balancer balancer = balancer(BalancingStrategy.RANDOM);
        arrivals.follow(all);
        arrivals.follow(old);
        time.advance(Duration.ofMinutes(5));
        arrivals.follow(all);

        assertThat(share(balancer, all)).isBetween(0.028, 0.037);
    }

    @Test
    void whoeverJoinsTogetherSharesAlike() {
        Balancer balancer = balancer(BalancingStrategy.ROUND_ROBIN);
        arrivals.follow(List.of());
        arrivals.follow(all);

        assertThat(share(balancer, all)).isBetween(0.24, 0.26);
    }

    private Balancer balancer(BalancingStrategy strategy) {
        return Balancer.of(
                LoadBalancing.plain(strategy).withSlowStart(Duration.ofSeconds(30)),
                arrivals,
                new SplittableRandom(23),
                time);
    }

    private static double share(Balancer balancer, List<Endpoint> candidates) {
        return share(balancer, candidates, IDLE);
    }

    private static double share(Balancer balancer, List<Endpoint> candidates, InFlight inFlight) {
        int own = 0;
        for (int i = 0; i < PICKS; i++) {
            Endpoint picked = Objects.requireNonNull(balancer.pick(candidates, inFlight));
            own += picked.instanceId().equals("new") ? 1 : 0;
        }
        return own / (double) PICKS;
    }
}
