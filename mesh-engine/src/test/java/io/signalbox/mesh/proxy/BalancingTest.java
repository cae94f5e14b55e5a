package io.signalbox.mesh.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.mesh.model.BalancingStrategy;
import io.signalbox.mesh.model.BreakerCommand;
import io.signalbox.mesh.model.BreakerScope;
import io.signalbox.mesh.model.BreakerState;
import io.signalbox.mesh.model.ChangeNote;
import io.signalbox.mesh.model.CircuitBreakerConfig;
import io.signalbox.mesh.model.Endpoint;
import io.signalbox.mesh.model.HashOn;
import io.signalbox.mesh.model.LoadBalancing;
import io.signalbox.mesh.model.Protocol;
import io.signalbox.mesh.model.ZonePreference;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Strategies, zones and panic on the way of real requests. */
class BalancingTest extends MeshCase {

    @Test
    void aUserStaysWithOneInstanceAndUsersSpreadOverAll() throws IOException {
        serve(4, null);
        balance(LoadBalancing.hashing(BalancingStrategy.MAGLEV, new HashOn.Header("X-User-ID")));

        Set<String> all = new HashSet<>();
        for (int user = 0; user < 40; user++) {
            Set<String> own = new HashSet<>();
            for (int i = 0; i < 3; i++) {
                own.add(call("GET / HTTP/1.1\nHost: catalog\nX-User-ID: " + user + "\n\n")
                        .body());
            }
            assertThat(own).hasSize(1);
            all.addAll(own);
        }

        assertThat(all).containsExactlyInAnyOrder("0", "1", "2", "3");
    }

    @Test
    void requestsOfOneAddressStayTogetherUntilTheyAreForwardedForAnother() throws IOException {
        serve(4, null);
        balance(LoadBalancing.plain(BalancingStrategy.IP_HASH));

        Set<String> own = new HashSet<>();
        Set<String> forwarded = new HashSet<>();
        for (int i = 0; i < 30; i++) {
            own.add(get("/").body());
            forwarded.add(call("GET / HTTP/1.1\nHost: catalog\nX-Forwarded-For: 10.0.0." + i + "\n\n")
                    .body());
        }

        assertThat(own).hasSize(1);
        assertThat(forwarded).hasSize(4);
    }

    @Test
    void weightsOfInstancesHoldAndThePolicysComeFirst() throws IOException {
        serve("a", 1, null);
        serve("b", 3, null);
        balance(LoadBalancing.plain(BalancingStrategy.WEIGHTED_ROUND_ROBIN));
        assertThat(answers(40)).isEqualTo(Map.of("a", 10, "b", 30));

        balance(LoadBalancing.plain(BalancingStrategy.WEIGHTED_ROUND_ROBIN).withWeights(Map.of("catalog-a", 9)));
        assertThat(answers(40)).isEqualTo(Map.of("a", 30, "b", 10));
    }

    @Test
    void peakEwmaKeepsAwayFromAnInstanceThatAnsweredSlowly() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        AtomicBoolean holding = new AtomicBoolean();
        serve("fast", 1, null);
        serve("slow", exchange -> {
            if (holding.get()) {
                asked.countDown();
                await(release);
            }
            TestApp.say(exchange, 200, "slow");
        });
        // What the first calls take on a cold machine is no measure.
        answers(20);
        holding.set(true);
        mesh.policy(TestMesh.draft("catalog")
                .timeout(Duration.ofSeconds(25))
                .balancing(LoadBalancing.plain(BalancingStrategy.PEAK_EWMA))
                .done());

        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            // Nothing is known of either, so each of them gets one of the first two.
            Future<RawHttp.Answer> one = threads.submit(() -> get("/"));
            Awaitility.await().until(() -> one.isDone() || asked.getCount() == 0);
            Future<RawHttp.Answer> other = threads.submit(() -> get("/"));
            Awaitility.await().until(() -> (one.isDone() || other.isDone()) && asked.getCount() == 0);
            assertThat(answers(50)).isEqualTo(Map.of("fast", 50));
            release.countDown();
            assertThat(List.of(one.get().body(), other.get().body())).containsExactlyInAnyOrder("fast", "slow");
        }
        assertThat(answers(50)).isEqualTo(Map.of("fast", 50));
    }

    @Test
    void peakEwmaIsNotDrawnToAnInstanceThatFailsAtOnce() throws IOException {
        serve("good", 1, null);
        serve("bad", exchange -> TestApp.say(exchange, 500, "bad"));
        mesh.policy(TestMesh.draft("catalog")
                .breaker(1_000, 1, Duration.ofSeconds(60), 1)
                .balancing(LoadBalancing.plain(BalancingStrategy.PEAK_EWMA))
                .done());

        assertThat(answers(100).getOrDefault("bad", 0)).isBetween(1, 10);
    }

    @Test
    void requestsStayInTheirZoneUntilTooLittleOfItIsUsable() throws IOException {
        serve("near-1", 1, "north");
        serve("near-2", 1, "north");
        serve("far", 1, "south");
        shop = mesh.start(SidecarSpec.client("shop", "shop-north", mesh.authority.issue("shop", "shop-north"))
                .withZone("north"));
        balance(LoadBalancing.DEFAULT.withZonePreference(new ZonePreference(100)));
        assertThat(answers(20)).isEqualTo(Map.of("near-1", 10, "near-2", 10));

        shop.breaker("catalog-near-1", BreakerCommand.OPEN, new ChangeNote("test", "to see"));
        Map<String, Integer> half = answers(200);
        assertThat(half.getOrDefault("near-2", 0)).isBetween(70, 130);
        assertThat(half.getOrDefault("far", 0)).isBetween(70, 130);

        shop.breaker("catalog-near-2", BreakerCommand.OPEN, new ChangeNote("test", "to see"));
        assertThat(answers(20)).isEqualTo(Map.of("far", 20));
    }

    @Test
    void aSidecarOfNoZoneCallsAllAlike() throws IOException {
        serve("near", 1, "north");
        serve("far", 1, "south");
        balance(LoadBalancing.DEFAULT.withZonePreference(ZonePreference.DEFAULT));

        assertThat(answers(20)).isEqualTo(Map.of("near", 10, "far", 10));
    }

    @Test
    void openCircuitsAreIgnoredWhenSoManyAreThatTheRestWouldBeOverrun() throws IOException {
        serve("good", 1, null);
        serve("bad-1", exchange -> TestApp.say(exchange, 500, "bad"));
        serve("bad-2", exchange -> TestApp.say(exchange, 500, "bad"));
        mesh.policy(TestMesh.draft("catalog")
                .breaker(1, 1, Duration.ofSeconds(60), 1)
                .done());
        answers(9);
        assertThat(answers(30)).isEqualTo(Map.of("good", 30));

        mesh.policy(TestMesh.draft("catalog")
                .breaker(1, 1, Duration.ofSeconds(60), 1)
                .balancing(LoadBalancing.DEFAULT.withPanicThreshold(50))
                .done());
        assertThat(answers(30)).isEqualTo(Map.of("good", 10, "bad", 20));

        mesh.policy(TestMesh.draft("catalog")
                .breaker(1, 1, Duration.ofSeconds(60), 1)
                .balancing(LoadBalancing.DEFAULT.withPanicThreshold(33))
                .done());
        assertThat(answers(30)).isEqualTo(Map.of("good", 30));
    }

    @Test
    void panicLeavesOutWhatAnOperatorHasForcedOpen() throws IOException {
        serve(1, null);
        balance(LoadBalancing.DEFAULT.withPanicThreshold(100));
        shop.breaker("catalog-0", BreakerCommand.OPEN, new ChangeNote("test", "to see"));

        assertThat(get("/").cause()).isEqualTo("breaker-open");
    }

    @Test
    void callsInAPanicCountForTheCircuitOfTheirService() throws IOException {
        for (String name : List.of("bad-0", "bad-1", "bad-2")) {
            serve(name, exchange -> TestApp.say(exchange, 500, name));
        }
        mesh.policy(TestMesh.draft("catalog")
                .breaker(new CircuitBreakerConfig(4, 1, Duration.ofSeconds(60), 1).withScope(BreakerScope.SERVICE))
                .balancing(LoadBalancing.DEFAULT.withPanicThreshold(50))
                .done());
        shop.breaker("catalog-bad-1", BreakerCommand.OPEN, new ChangeNote("test", "to see"));
        shop.breaker("catalog-bad-2", BreakerCommand.OPEN, new ChangeNote("test", "to see"));

        answers(4);

        assertThat(shop.circuits())
                .filteredOn(circuit -> circuit.endpoint().instanceId().equals("catalog-bad-0"))
                .singleElement()
                .satisfies(circuit -> assertThat(circuit.breaker().state()).isEqualTo(BreakerState.OPEN));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void balance(LoadBalancing how) {
        mesh.policy(TestMesh.draft("catalog").balancing(how).done());
    }

    private Map<String, Integer> answers(int requests) throws IOException {
        Map<String, Integer> answers = new TreeMap<>();
        for (int i = 0; i < requests; i++) {
            answers.merge(get("/").body(), 1, Integer::sum);
        }
        return answers;
    }

    /** So many instances, each of which answers with its number. */
    private void serve(int count, @Nullable String zone) throws IOException {
        for (int i = 0; i < count; i++) {
            serve(String.valueOf(i), 1, zone);
        }
    }

    private void serve(String name, int weight, @Nullable String zone) throws IOException {
        register(name, TestApp.saying(200, name), weight, zone);
    }

    private void serve(String name, TestApp.Behaviour behaviour) throws IOException {
        register(name, TestApp.answering(behaviour), 1, null);
    }

    private void register(String name, TestApp app, int weight, @Nullable String zone) {
        mesh.closing(app);
        mesh.register(new Endpoint(
                "catalog", "catalog-" + name, "v1", "127.0.0.1", app.port(), Protocol.HTTP, null, weight, zone));
    }
}
