package io.signalbox.mesh.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.signalbox.mesh.metrics.EdgeInterval;
import io.signalbox.mesh.model.RetryCondition;
import io.signalbox.mesh.model.RouteMatch;
import io.signalbox.mesh.model.RoutingRule;
import io.signalbox.mesh.model.Splitting;
import io.signalbox.mesh.model.SuccessRate;
import io.signalbox.mesh.model.Weight;
import io.signalbox.mesh.proxy.transport.PortUnavailableException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Changes under load: policies that move, instances that die, sidecars that stop. */
class LiveChangeTest extends MeshCase {

    @Test
    void canaryAndSplitPoliciesAreNeverConsultedByTheReferencesProxyAndDecideHere() throws IOException {
        versions("v1", "v2");
        mesh.policy(TestMesh.draft("catalog")
                .split(new Splitting.Canary(
                        "v1",
                        "v2",
                        new Weight(10),
                        new Weight(10),
                        Duration.ofMinutes(5),
                        new Weight(100),
                        new SuccessRate(0.99)))
                .done());

        mesh.candidateWeight("catalog", 0);
        assertThat(bodies(50)).containsOnly("v1");
        mesh.candidateWeight("catalog", 100);
        assertThat(bodies(50)).containsOnly("v2");
        mesh.candidateWeight("catalog", 30);
        assertThat(bodies(400).stream().filter("v2"::equals).count()).isBetween(80L, 160L);

        mesh.policy(TestMesh.draft("catalog")
                .split(new Splitting.Weighted(Map.of("v1", new Weight(100), "v2", new Weight(0))))
                .done());
        assertThat(bodies(50)).containsOnly("v1");
        assertThat(shop.drainTelemetry().stream()
                        .mapToLong(EdgeInterval::splitDraws)
                        .sum())
                .as("draws that were counted")
                .isPositive();
    }

    @Test
    void aRuleTakesItsRequestsToItsVersion() throws IOException {
        versions("v1", "v2");
        mesh.policy(TestMesh.draft("catalog")
                .rules(RoutingRule.of(
                        new RouteMatch(Map.of("X-User-Type", "premium"), Optional.empty(), Optional.empty(), Set.of()),
                        "v2"))
                .split(new Splitting.Weighted(Map.of("v1", new Weight(100))))
                .done());

        assertThat(call("GET / HTTP/1.1\nHost: catalog\nX-User-Type: premium\n\n")
                        .body())
                .isEqualTo("v2");
        assertThat(get("/").body()).isEqualTo("v1");
    }

    @Test
    void aVersionWithoutEndpointsFailsAndDoesNotSpillOver() throws IOException {
        versions("v1");
        mesh.policy(TestMesh.draft("catalog")
                .split(new Splitting.Weighted(Map.of("v2", new Weight(100))))
                .done());
        assertThat(get("/").cause()).isEqualTo("no-endpoints");
    }

    @Test
    void anInstanceThatIsKilledUnderLoadCostsNoIdempotentRequest() throws Exception {
        List<TestApp> apps = List.of(
                serve(TestApp.saying(200, "a")), serve(TestApp.saying(200, "b")), serve(TestApp.saying(200, "c")));
        mesh.policy(TestMesh.draft("catalog")
                .retry(3, RetryCondition.CONNECT_FAILURE, RetryCondition.RESET, RetryCondition.GATEWAY_ERROR)
                .breaker(3, 1, Duration.ofMillis(200), 1)
                .done());
        Load load = new Load(8);

        await().until(() -> load.done.get() > 300);
        apps.getFirst().close();
        long after = load.done.get();
        await().atMost(Duration.ofSeconds(15)).until(() -> load.done.get() > after + 600);

        load.stop();
        assertThat(load.failures).isEmpty();
    }

    @Test
    void aSidecarThatStopsUnderLoadCostsNoIdempotentRequest() throws Exception {
        TestApp one = mesh.closing(TestApp.saying(200, "one"));
        Sidecar stopping = mesh.serve("catalog", "v1", "catalog-1", one.port());
        serve(TestApp.saying(200, "two"));
        mesh.policy(TestMesh.draft("catalog")
                .retry(3, RetryCondition.CONNECT_FAILURE, RetryCondition.RESET)
                .breaker(3, 1, Duration.ofMillis(200), 1)
                .done());
        Load load = new Load(8);

        await().until(() -> load.done.get() > 300);
        stopping.close();
        long after = load.done.get();
        await().atMost(Duration.ofSeconds(15)).until(() -> load.done.get() > after + 600);

        load.stop();
        assertThat(load.failures).isEmpty();
    }

    @Test
    void aConfigurationThatChangesUnderLoadCostsNoRequest() throws Exception {
        versions("v1", "v2");
        Load load = new Load(8);

        for (int i = 0; i < 200; i++) {
            mesh.policy(TestMesh.draft("catalog")
                    .split(new Splitting.Weighted(Map.of("v1", new Weight(i % 101), "v2", new Weight(100 - i % 101))))
                    .breaker(5 + i % 3, 1, Duration.ofSeconds(5), 1)
                    .done());
            long seen = load.done.get();
            await().pollInterval(Duration.ofMillis(1)).until(() -> load.done.get() > seen);
        }

        load.stop();
        assertThat(load.failures).isEmpty();
        assertThat(load.done.get()).isGreaterThan(200);
    }

    @Test
    void aRequestAtHandEndsBeforeItsSidecarDoes() throws Exception {
        java.util.concurrent.CountDownLatch go = new java.util.concurrent.CountDownLatch(1);
        TestApp app = mesh.closing(TestApp.answering(exchange -> {
            try {
                go.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            TestApp.say(exchange, 200, "in time");
        }));
        Sidecar catalog = mesh.serve("catalog", "v1", "catalog-1", app.port());
        try (RawHttp http = new RawHttp(shop.outboundPort())) {
            http.send("GET / HTTP/1.1\nHost: catalog\n\n");
            await().until(() -> !app.asked().isEmpty());
            Thread closing = Thread.startVirtualThread(catalog::close);
            go.countDown();
            assertThat(http.answer().body()).isEqualTo("in time");
            closing.join();
        }
        assertThat(get("/").cause()).isEqualTo("connect-failure");
    }

    @Test
    void aTakenPortIsNamed() {
        int taken = shop.outboundPort();

        assertThatThrownBy(() -> Sidecar.start(
                        SidecarSpec.client("other", "other-0", null).withPorts(new SidecarSpec.Ports(0, taken, 0)),
                        mesh.shared))
                .isInstanceOf(PortUnavailableException.class)
                .hasMessageContaining("outbound of other")
                .hasMessageContaining(Integer.toString(taken));
    }

    @Test
    void fiftySidecarsShareTheSameFewThreads() throws IOException {
        TestApp app = mesh.closing(TestApp.saying(200, "ok"));
        long before = Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("signalbox-io"))
                .count();
        for (int i = 0; i < 50; i++) {
            mesh.serve("service-" + i, "v1", "service-" + i, app.port());
        }
        long after = Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("signalbox-io"))
                .count();
        assertThat(call("GET / HTTP/1.1\nHost: service-49\n\n").status()).isEqualTo(200);
        assertThat(after - before).isLessThan(5);
    }

    private void versions(String... names) throws IOException {
        for (String version : names) {
            TestApp app = mesh.closing(TestApp.saying(200, version));
            mesh.serve("catalog", version, "catalog-" + version, app.port());
        }
    }

    private List<String> bodies(int calls) throws IOException {
        List<String> bodies = new ArrayList<>();
        try (RawHttp http = new RawHttp(shop.outboundPort())) {
            for (int i = 0; i < calls; i++) {
                bodies.add(
                        http.send("GET / HTTP/1.1\nHost: catalog\n\n").answer().body());
            }
        }
        return bodies;
    }

    /** GETs without pause on several connections, until stopped. */
    private final class Load {
        private final AtomicLong done = new AtomicLong();
        private final List<String> failures = new CopyOnWriteArrayList<>();
        private final AtomicBoolean stopped = new AtomicBoolean();
        private final List<Thread> threads = new ArrayList<>();

        Load(int connections) {
            for (int i = 0; i < connections; i++) {
                threads.add(Thread.startVirtualThread(this::run));
            }
        }

        private void run() {
            try (RawHttp http = new RawHttp(shop.outboundPort())) {
                while (!stopped.get()) {
                    RawHttp.Answer answer =
                            http.send("GET / HTTP/1.1\nHost: catalog\n\n").answer();
                    if (answer.status() != 200) {
                        failures.add(answer.status() + " " + answer.cause() + " " + answer.body());
                    }
                    done.incrementAndGet();
                }
            } catch (IOException e) {
                failures.add(e.toString());
            }
        }

        void stop() throws InterruptedException {
            stopped.set(true);
            for (Thread thread : threads) {
                thread.join();
            }
        }
    }
}
