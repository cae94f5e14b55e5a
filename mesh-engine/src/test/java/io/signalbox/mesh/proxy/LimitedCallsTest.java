package io.signalbox.mesh.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.mesh.model.ConcurrencyLimit;
import io.signalbox.mesh.model.Protection;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A concurrency limit between real sockets, on several event loops at once. */
class LimitedCallsTest extends MeshCase {

    private final AtomicInteger inside = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();

    @Test
    void whateverManyCallersDoNoMoreThanTheLimitReachTheServiceAtOnceAndAllAreAnswered() throws Exception {
        serve(TestApp.answering(exchange -> {
            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
            exchange.getRequestBody().readAllBytes();
            inside.decrementAndGet();
            TestApp.say(exchange, 200, "fine");
        }));
        limit(3, 100, Duration.ofSeconds(20));
        List<Callable<Integer>> callers = new ArrayList<>();
        for (int caller = 0; caller < 16; caller++) {
            callers.add(() -> {
                int fine = 0;
                try (RawHttp http = new RawHttp(shop.outboundPort())) {
                    for (int i = 0; i < 50; i++) {
                        fine += http.send("GET / HTTP/1.1\nHost: catalog\n\n")
                                                .answerTo("GET")
                                                .status()
                                        == 200
                                ? 1
                                : 0;
                    }
                }
                return fine;
            });
        }
        int fine = 0;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Integer> one : threads.invokeAll(callers)) {
                fine += one.get();
            }
        }

        assertThat(fine).isEqualTo(16 * 50);
        assertThat(most.get()).isBetween(1, 3);
        assertThat(metric("signalbox_concurrency_in_flight")).isEqualTo("0.0");
        assertThat(metric("signalbox_concurrency_limit")).isEqualTo("3.0");
    }

    @Test
    void whoWaitsTooLongGets503AndWhoLeavesTheQueueIsForgotten() throws Exception {
        CountDownLatch answer = new CountDownLatch(1);
        Semaphore arrived = new Semaphore(0);
        serve(TestApp.answering(exchange -> {
            arrived.release();
            await(answer);
            TestApp.say(exchange, 200, "fine");
        }));
        limit(1, 1, Duration.ofMillis(200));
        try (RawHttp first = new RawHttp(shop.outboundPort())) {
            first.send("GET / HTTP/1.1\nHost: catalog\n\n");
            arrived.acquire();
            RawHttp.Answer late = get("/");
            assertThat(late.status()).isEqualTo(503);
            assertThat(late.cause()).isEqualTo("overloaded");

            limit(1, 1, Duration.ofSeconds(20));
            try (RawHttp leaving = new RawHttp(shop.outboundPort())) {
                leaving.send("GET / HTTP/1.1\nHost: catalog\n\n");
                Awaitility.await()
                        .until(() -> metric("signalbox_concurrency_waiting").equals("1.0"));
                assertThat(get("/").cause()).as("the queue is full").isEqualTo("overloaded");
                // An end of the requests alone is no reason to stop; a reset is.
                leaving.socket.setSoLinger(true, 0);
            }
            Awaitility.await()
                    .until(() -> metric("signalbox_concurrency_waiting").equals("0.0"));
            answer.countDown();
            assertThat(first.answerTo("GET").status()).isEqualTo(200);
        }
        assertThat(get("/").status()).isEqualTo(200);
        assertThat(metric("signalbox_concurrency_refused_total")).isEqualTo("2.0");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void limit(int maxInFlight, int queue, Duration wait) {
        mesh.policy(TestMesh.draft("catalog")
                .timeout(Duration.ofSeconds(25))
                .done()
                .withProtection(Protection.NONE.withConcurrency(
                        new ConcurrencyLimit(maxInFlight, queue, wait, Optional.empty()))));
    }

    /** The value of the one series of that family. */
    private String metric(String family) throws IOException {
        try (RawHttp http = new RawHttp(shop.adminPort())) {
            String page = http.send("GET /metrics HTTP/1.1\nHost: admin\n\n")
                    .answerTo("GET")
                    .body();
            return page.lines()
                    .filter(line -> line.startsWith(family + "{"))
                    .map(line -> line.substring(line.lastIndexOf(' ') + 1))
                    .findFirst()
                    .orElse("");
        }
    }
}
