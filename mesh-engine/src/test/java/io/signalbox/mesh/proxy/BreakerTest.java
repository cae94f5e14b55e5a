package io.signalbox.mesh.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.signalbox.mesh.model.BreakerCommand;
import io.signalbox.mesh.model.BreakerState;
import io.signalbox.mesh.model.Cause;
import io.signalbox.mesh.model.ChangeNote;
import io.signalbox.mesh.model.InvalidValueException;
import io.signalbox.mesh.proxy.outbound.CircuitView;
import io.signalbox.mesh.resilience.CallOutcome;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Circuits of a sidecar: one for each endpoint, moved by what its calls come to. */
class BreakerTest extends MeshCase {

    private static final ChangeNote NOTE = new ChangeNote("test", "to see");

    @Test
    void aFinal5xxIsRecordedAsSuccessByTheReferenceAndOpensTheCircuitHere() throws IOException {
        TestApp app = serve(TestApp.saying(500, "bad"));
        mesh.policy(TestMesh.draft("catalog")
                .breaker(3, 1, Duration.ofSeconds(60), 1)
                .done());

        for (int i = 0; i < 3; i++) {
            assertThat(get("/").status()).isEqualTo(500);
        }
        RawHttp.Answer refused = get("/");

        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.cause()).isEqualTo("breaker-open");
        assertThat(app.asked()).hasSize(3);
        assertThat(circuit().breaker().state()).isEqualTo(BreakerState.OPEN);
        assertThat(circuit().recentFailures()).isEqualTo(3);
    }

    @Test
    void oneBreakerPerSidecarIsTheReferencesAndOnePerEndpointIsOurs() throws IOException {
        TestApp bad = serve(TestApp.saying(500, "bad"));
        TestApp good = serve(TestApp.saying(200, "good"));
        mesh.policy(TestMesh.draft("catalog")
                .breaker(2, 1, Duration.ofSeconds(60), 1)
                .done());

        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            statuses.add(get("/").status());
        }

        assertThat(statuses.subList(4, 20)).containsOnly(200);
        assertThat(bad.asked()).hasSize(2);
        assertThat(good.asked()).hasSize(18);
        assertThat(shop.circuits())
                .extracting(view -> view.breaker().state())
                .containsExactlyInAnyOrder(BreakerState.OPEN, BreakerState.CLOSED);
    }

    @Test
    void aTimeoutAFailedConnectionAndABrokenBodyCountAsFailures() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        AtomicBoolean silent = new AtomicBoolean(true);
        RawApp app = expose(RawApp.talking(connection -> {
            connection.request();
            if (silent.get()) {
                never.await();
            }
            connection.send("HTTP/1.1 200 OK\nContent-Length: 10\n\nhalf");
            connection.reset();
        }));
        mesh.policy(TestMesh.draft("catalog")
                .timeout(Duration.ofMillis(200))
                .breaker(3, 1, Duration.ofSeconds(60), 1)
                .done());

        assertThat(get("/").cause()).isEqualTo("timeout");
        silent.set(false);
        // What follows is to fail by itself, however slow the machine is.
        mesh.policy(TestMesh.draft("catalog")
                .timeout(Duration.ofMinutes(1))
                .breaker(3, 1, Duration.ofSeconds(60), 1)
                .done());
        assertThatThrownBy(() -> get("/")).isInstanceOf(IOException.class);
        await().untilAsserted(() ->
                assertThat(circuit().breaker().consecutiveFailures()).isEqualTo(2));
        app.close();
        assertThat(get("/").cause()).isIn("connect-failure", "upstream-reset");

        assertThat(get("/").cause()).isEqualTo("breaker-open");
        assertThat(shop.lastOpening(circuit().endpoint().instanceId())
                        .orElseThrow()
                        .calls())
                .extracting(CallOutcome::cause)
                .startsWith(Cause.TIMEOUT, Cause.UPSTREAM_RESET)
                .last()
                .isIn(Cause.CONNECT_FAILURE, Cause.UPSTREAM_RESET);
        never.countDown();
    }

    @Test
    void a4xxIsTheCallersFaultAndASuccessOfTheEndpoint() throws IOException {
        serve(TestApp.saying(404, "no"));
        mesh.policy(TestMesh.draft("catalog")
                .breaker(1, 1, Duration.ofSeconds(60), 1)
                .done());

        for (int i = 0; i < 5; i++) {
            assertThat(get("/").status()).isEqualTo(404);
        }
        assertThat(circuit().breaker().state()).isEqualTo(BreakerState.CLOSED);
    }

    @Test
    void halfOpenAdmitsNoMoreThanItsLimitAtOnce() throws Exception {
        AtomicInteger mode = new AtomicInteger(500);
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch go = new CountDownLatch(1);
        serve(TestApp.answering(exchange -> {
            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
            if (mode.get() == 200) {
                try {
                    go.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
            inside.decrementAndGet();
            TestApp.say(exchange, mode.get(), "x");
        }));
        mesh.policy(TestMesh.draft("catalog")
                .breaker(2, 2, Duration.ofMillis(300), 3)
                .done());
        get("/");
        get("/");
        assertThat(get("/").cause()).isEqualTo("breaker-open");
        mode.set(200);
        await().pollDelay(Duration.ofMillis(320)).until(() -> true);

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<RawHttp.Answer>> answers = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                Callable<RawHttp.Answer> one = () -> get("/");
                answers.add(threads.submit(one));
            }
            await().until(() -> answers.stream().filter(Future::isDone).count() == 17 && inside.get() == 3);
            go.countDown();
            for (Future<RawHttp.Answer> answer : answers) {
                assertThat(answer.get().status()).isIn(200, 503);
            }
            assertThat(answers.stream().filter(answer -> answer.resultNow().status() == 200))
                    .hasSize(3);
        }
        assertThat(most.get()).isEqualTo(3);
        await().untilAsserted(() -> assertThat(circuit().breaker().state()).isEqualTo(BreakerState.CLOSED));
        assertThat(get("/").status()).isEqualTo(200);
    }

    @Test
    void anOperatorHoldsACircuitOpenAndLetsItGo() throws IOException {
        serve(TestApp.saying(200, "fine"));
        String instance = mesh.only("catalog").instanceId();
        List<String> moves = new CopyOnWriteArrayList<>();
        shop.onCircuitMoved((endpoint, move) ->
                moves.add(endpoint.instanceId() + " " + move.to().wireName()));

        shop.breaker(instance, BreakerCommand.OPEN, NOTE);
        assertThat(get("/").cause()).isEqualTo("breaker-open");
        shop.breaker(instance, BreakerCommand.CLOSE, NOTE);
        assertThat(get("/").status()).isEqualTo(200);

        assertThat(moves).containsExactly(instance + " forced-open", instance + " closed");
        assertThatThrownBy(() -> shop.breaker("nobody", BreakerCommand.OPEN, NOTE))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("nobody");
    }

    @Test
    void aCircuitOutlivesChangesOfConfiguration() throws IOException {
        serve(TestApp.saying(500, "bad"));
        mesh.policy(TestMesh.draft("catalog")
                .breaker(1, 1, Duration.ofSeconds(60), 1)
                .done());
        get("/");

        mesh.policy(TestMesh.draft("catalog")
                .breaker(9, 1, Duration.ofSeconds(60), 1)
                .done());

        assertThat(get("/").cause()).isEqualTo("breaker-open");
        assertThat(circuit().config().failureThreshold()).isEqualTo(9);
    }

    @Test
    void anApplicationThatIsDownOpensTheCallersCircuit() throws IOException {
        mesh.serve("catalog", "v1", "catalog-1", closedPort());
        mesh.policy(TestMesh.draft("catalog")
                .breaker(2, 1, Duration.ofSeconds(60), 1)
                .done());

        assertThat(get("/").cause()).isEqualTo("app-unreachable");
        assertThat(get("/").cause()).isEqualTo("app-unreachable");
        assertThat(get("/").cause()).isEqualTo("breaker-open");
    }

    private CircuitView circuit() {
        return shop.circuits().getFirst();
    }
}
