package io.signalbox.mesh.controlplane.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How many requests a control plane lets in, and what it tells the others. */
final class WaitingRoomTest {

    private static final int RUNNING = 2;
    private static final int WAITING = 3;
    private static final String REGISTER = "/api/v1/services/register";

    private final CountDownLatch busy = new CountDownLatch(1);
    private final Queue<String> turns = new ConcurrentLinkedQueue<>();
    private final AtomicInteger inside = new AtomicInteger();
    private final AtomicInteger mostInside = new AtomicInteger();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Server server = new Server();
    private final ServerConnector connector = new ServerConnector(server);
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .executor(threads)
            .build();

    /** Stays inside until there is less to do; at {@code /defect} it fails then, and what is free does not stay. */
    private final class Slow extends Handler.Abstract {

        @Override
        public boolean handle(Request request, Response response, Callback callback) throws Exception {
            String path = Request.getPathInContext(request);
            if (path.startsWith("/slow") || path.equals("/defect") || path.equals(REGISTER)) {
                turns.add(path);
                mostInside.accumulateAndGet(inside.incrementAndGet(), Math::max);
                busy.await();
                inside.decrementAndGet();
            }
            if (path.equals("/defect")) {
                throw new IllegalStateException("of a test");
            }
            callback.succeeded();
            return true;
        }
    }

    @BeforeEach
    void open() throws Exception {
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setErrorHandler(new ProblemPage());
        server.setHandler(new WaitingRoom(new Slow(), threads, RUNNING, WAITING));
        server.start();
    }

    @AfterEach
    void stop() throws Exception {
        busy.countDown();
        client.shutdownNow();
        server.stop();
        threads.shutdownNow();
    }

    @Test
    void whoFindsNoPlaceIsToldToComeAgainAndTheOthersAreAnswered() {
        List<CompletableFuture<HttpResponse<String>>> asked = many("/slow", 10);

        await().until(() -> answered(asked) == 10 - RUNNING - WAITING);
        assertThat(asked.stream().filter(CompletableFuture::isDone).map(CompletableFuture::join))
                .allSatisfy(answer -> {
                    assertThat(answer.statusCode()).isEqualTo(503);
                    assertThat(answer.headers().firstValue("Retry-After")).contains("1");
                    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
                    assertThat(answer.body()).contains("\"status\":503", "try again");
                });

        busy.countDown();
        await().until(() -> answered(asked) == 10);
        assertThat(asked.stream().filter(one -> one.join().statusCode() == 200)).hasSize(RUNNING + WAITING);
        assertThat(mostInside).hasValue(RUNNING);
    }

    @Test
    void howeverManyInstancesWaitTheOthersHavePlacesAndEverySecondTurn() {
        List<CompletableFuture<HttpResponse<String>>> running = many("/slow/running", RUNNING);
        await().until(() -> inside.get() == RUNNING);
        List<CompletableFuture<HttpResponse<String>>> instances = many(REGISTER, 10);
        await().until(() -> answered(instances) == 10 - WAITING);
        List<CompletableFuture<HttpResponse<String>>> others = many("/slow", WAITING + 1);
        await().until(() -> answered(others) == 1);

        busy.countDown();
        await().until(() ->
                answered(instances) == 10 && answered(others) == WAITING + 1 && answered(running) == RUNNING);
        assertThat(instances).filteredOn(one -> one.join().statusCode() == 200).hasSize(WAITING);
        assertThat(others).filteredOn(one -> one.join().statusCode() == 200).hasSize(WAITING);
        List<String> waited = turns.stream().skip(RUNNING).toList();
        // Two at a time: the last of both queues are among the last four, whichever of two came first.
        assertThat(waited.subList(0, 4)).contains(REGISTER, "/slow");
        assertThat(waited.subList(2, 6)).contains(REGISTER, "/slow");
    }

    @Test
    void aRequestThatFailsLeavesItsPlaceToTheNext() {
        List<CompletableFuture<HttpResponse<String>>> failing = many("/defect", RUNNING + WAITING);
        await().until(() -> inside.get() == RUNNING);
        busy.countDown();
        await().until(() -> answered(failing) == failing.size());
        assertThat(failing).allMatch(one -> one.join().statusCode() == 500);

        List<CompletableFuture<HttpResponse<String>>> after = many("/slow", RUNNING + WAITING);
        await().until(() -> answered(after) == after.size());
        assertThat(after).allMatch(one -> one.join().statusCode() == 200);
    }

    @Test
    void streamsAndProbesPassByThoseThatWait() {
        List<CompletableFuture<HttpResponse<String>>> asked = many("/slow", 10);
        await().until(() -> answered(asked) == 10 - RUNNING - WAITING);

        Stream<String> streams = OpenApi.operations().stream()
                .filter(operation -> operation.responses().toString().contains("text/event-stream"))
                .map(OpenApi.Operation::path);
        List<String> free = Stream.concat(streams, Stream.of("/health", "/ready", "/api/v1/sidecars/answers"))
                .toList();
        assertThat(free).hasSize(7);
        assertThat(free).allMatch(path -> ask(path).join().statusCode() == 200);
        assertThat(ask("/api/v1/snapshot").join().statusCode()).isEqualTo(503);
    }

    private List<CompletableFuture<HttpResponse<String>>> many(String path, int count) {
        return IntStream.range(0, count).mapToObj(_ -> ask(path)).toList();
    }

    private CompletableFuture<HttpResponse<String>> ask(String path) {
        return client.sendAsync(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + connector.getLocalPort() + path))
                        .header("Accept", "text/event-stream")
                        .POST(HttpRequest.BodyPublishers.ofString("{}"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static long answered(List<CompletableFuture<HttpResponse<String>>> asked) {
        return asked.stream().filter(CompletableFuture::isDone).count();
    }
}
