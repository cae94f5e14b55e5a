package io.signalbox.mesh.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.signalbox.mesh.metrics.EdgeInterval;
import io.signalbox.mesh.model.RetryCondition;
import io.signalbox.mesh.model.RetryPolicy.Methods;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is tried again, where, and what never is. */
class RetryTest extends MeshCase {

    @Test
    void aFailedGetIsTriedOnAnotherEndpoint() throws IOException {
        TestApp bad = serve(TestApp.saying(500, "bad"));
        TestApp good = serve(TestApp.saying(200, "good"));
        mesh.policy(TestMesh.draft("catalog")
                .retry(3, RetryCondition.ANY_5XX)
                .breaker(100, 1, Duration.ofSeconds(60), 1)
                .done());

        for (int i = 0; i < 10; i++) {
            assertThat(get("/").body()).isEqualTo("good");
        }

        assertThat(bad.asked()).hasSizeBetween(1, 10);
        assertThat(good.asked()).hasSize(10);
    }

    @Test
    void aRetriedBodyHasAlreadyBeenConsumedByTheReferenceAndIsSentWholeHere() throws IOException {
        List<String> bodies = new CopyOnWriteArrayList<>();
        serve(TestApp.answering(exchange -> {
            bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            TestApp.say(exchange, bodies.size() < 3 ? 503 : 200, "done");
        }));
        mesh.policy(TestMesh.draft("catalog")
                .retry(3, Optional.empty(), Methods.ANY, List.of(RetryCondition.ANY_5XX))
                .done());
        String body = "b".repeat(60_000);

        RawHttp.Answer known = call("POST / HTTP/1.1\nHost: catalog\nContent-Length: 60000\n\n" + body);

        assertThat(known.status()).isEqualTo(200);
        assertThat(bodies).containsExactly(body, body, body);
    }

    @Test
    void aChunkedBodyIsSentAgainWithItsTrailers() throws IOException {
        List<String> seen = new CopyOnWriteArrayList<>();
        serve(RawApp.talking(connection -> {
            connection.request();
            StringBuilder text = new StringBuilder();
            for (int size = connection.http().chunkSize();
                    size > 0;
                    size = connection.http().chunkSize()) {
                text.append(new String(connection.http().exactly(size), StandardCharsets.UTF_8));
                connection.http().line();
            }
            seen.add(text + "|" + connection.http().fields());
            connection.send("HTTP/1.1 " + (seen.size() < 2 ? "503 Busy" : "200 OK")
                    + "\nConnection: close\nContent-Length: 0\n\n");
        }));
        mesh.policy(TestMesh.draft("catalog").retry(2, RetryCondition.ANY_5XX).done());

        RawHttp.Answer answer = call(
                "PUT / HTTP/1.1\nHost: catalog\nTransfer-Encoding: chunked\n\n4\nwith\n6\nout it\n0\nX-Check: 10\n\n");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(seen)
                .usingElementComparator(String::compareToIgnoreCase)
                .containsExactly("without it|[X-Check: 10]", "without it|[X-Check: 10]");
    }

    @Test
    void aBodyTooLongToKeepIsNotSentAgain() throws IOException {
        TestApp app = serve(TestApp.saying(503, "busy"));
        mesh.policy(TestMesh.draft("catalog")
                .retry(3, Optional.empty(), Methods.ANY, List.of(RetryCondition.ANY_5XX))
                .done());
        int length = 70_000;

        RawHttp.Answer answer =
                call("POST / HTTP/1.1\nHost: catalog\nContent-Length: " + length + "\n\n" + "b".repeat(length));

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.body()).isEqualTo("busy");
        assertThat(app.asked()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        GET,    3
        HEAD,   3
        PUT,    3
        DELETE, 3
        POST,   1
        PATCH,  1
        """)
    void onlyWhatMayBeRepeatedIs(String method, int expected) throws IOException {
        TestApp app = serve(TestApp.saying(500, ""));
        mesh.policy(TestMesh.draft("catalog").retry(3, RetryCondition.ANY_5XX).done());

        assertThat(call(method + " / HTTP/1.1\nHost: catalog\nContent-Length: 0\n\n")
                        .status())
                .isEqualTo(500);
        assertThat(app.asked()).hasSize(expected);
    }

    @Test
    void aPostThatReachedNobodyIsTriedElsewhere() throws IOException {
        mesh.plain("catalog", "v1", "dead", closedPort());
        mesh.serve("catalog", "v1", "half-dead", closedPort());
        TestApp good = serve(TestApp.answering(exchange -> TestApp.say(
                exchange, 200, new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8))));
        mesh.policy(TestMesh.draft("catalog")
                .retry(3, RetryCondition.CONNECT_FAILURE)
                .done());

        for (int i = 0; i < 6; i++) {
            assertThat(call("POST / HTTP/1.1\nHost: catalog\nContent-Length: 2\n\nhi")
                            .body())
                    .isEqualTo("hi");
        }
        assertThat(good.asked()).hasSize(6);
    }

    @Test
    void retryConditionsAndPerTryTimeoutAreIgnoredByTheReferenceAndObeyedHere() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        RawApp slow = serve(RawApp.talking(connection -> never.await()));
        serve(TestApp.saying(200, "quick"));
        mesh.policy(TestMesh.draft("catalog")
                .retry(2, Optional.of(Duration.ofMillis(700)), Methods.IDEMPOTENT, List.of(RetryCondition.TIMEOUT))
                .done());

        for (int i = 0; i < 4; i++) {
            assertThat(get("/").body()).isEqualTo("quick");
        }
        assertThat(slow.connections()).isPositive();

        mesh.policy(TestMesh.draft("catalog")
                .retry(3, RetryCondition.CONNECT_FAILURE)
                .timeout(Duration.ofMillis(200))
                .done());
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            statuses.add(get("/").status());
        }
        assertThat(statuses).as("a timeout is not among the conditions").contains(504, 200);
        never.countDown();
    }

    @Test
    void aConnectionThatIsResetBeforeTheHeadIsTriedAgain() throws IOException {
        List<String> seen = new CopyOnWriteArrayList<>();
        serve(RawApp.talking(connection -> {
            seen.add(connection.request());
            if (seen.size() < 3) {
                connection.reset();
            } else {
                connection.send("HTTP/1.1 200 OK\nContent-Length: 2\n\nok");
            }
        }));
        mesh.policy(TestMesh.draft("catalog").retry(3, RetryCondition.RESET).done());

        assertThat(get("/").body()).isEqualTo("ok");
        assertThat(seen).hasSize(3);
    }

    @Test
    void theLastAnswerIsPassedOnWhenTriesAreUsedUp() throws IOException {
        TestApp app = serve(TestApp.saying(502, "the last word"));
        mesh.policy(
                TestMesh.draft("catalog").retry(3, RetryCondition.GATEWAY_ERROR).done());

        RawHttp.Answer answer = get("/");

        assertThat(answer.status()).isEqualTo(502);
        assertThat(answer.body()).isEqualTo("the last word");
        assertThat(answer.cause()).isEmpty();
        assertThat(app.asked()).hasSize(3);
    }

    @Test
    void aGrpcStatusInTheHeadIsTriedAgain() throws IOException {
        List<String> seen = new CopyOnWriteArrayList<>();
        serve(RawApp.talking(connection -> {
            while (true) {
                seen.add(connection.request());
                connection.send("HTTP/1.1 200 OK\nContent-Type: application/grpc\nContent-Length: 0\ngrpc-status: "
                        + (seen.size() < 3 ? 14 : 0) + "\n\n");
            }
        }));
        mesh.policy(TestMesh.draft("catalog")
                .retry(3, Optional.empty(), Methods.ANY, List.of(RetryCondition.GRPC_UNAVAILABLE))
                .done());

        RawHttp.Answer answer =
                call("POST /a.B/C HTTP/1.1\nHost: catalog\nContent-Type: application/grpc\nContent-Length: 0\n\n");

        assertThat(answer.head().field("grpc-status")).isEqualTo("0");
        assertThat(seen).hasSize(3);
    }

    @Test
    void withoutAPolicyNothingIsTriedAgain() throws IOException {
        TestApp app = serve(TestApp.saying(500, "once"));

        assertThat(get("/").status()).isEqualTo(500);
        assertThat(app.asked()).hasSize(1);
    }

    @Test
    void theWholeRequestEndsInTimeHoweverManyTriesAreLeft() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        serve(RawApp.talking(connection -> never.await()));
        mesh.policy(TestMesh.draft("catalog")
                .timeout(Duration.ofMillis(250))
                .retry(10, Optional.of(Duration.ofMillis(100)), Methods.IDEMPOTENT, List.of(RetryCondition.TIMEOUT))
                .done());

        RawHttp.Answer answer = get("/");

        assertThat(answer.status()).isEqualTo(504);
        assertThat(answer.cause()).isIn("timeout", "per-try-timeout");
        never.countDown();
    }

    @Test
    void retriesAreCountedAndTheCallOnlyOnce() throws IOException {
        TestApp bad = serve(TestApp.saying(500, "bad"));
        serve(TestApp.saying(200, "good"));
        mesh.policy(TestMesh.draft("catalog").retry(2, RetryCondition.ANY_5XX).done());
        List<EdgeInterval> drained = new ArrayList<>();

        for (int i = 0; i < 4; i++) {
            get("/");
        }

        await().atMost(Duration.ofSeconds(5)).untilAsserted(() -> {
            drained.addAll(shop.drainTelemetry());
            assertThat(drained.stream().mapToLong(EdgeInterval::requests).sum()).isEqualTo(4);
        });
        assertThat(drained.stream()
                        .flatMap(edge -> edge.retries().entrySet().stream())
                        .mapToLong(retry -> retry.getKey() == RetryCondition.ANY_5XX ? retry.getValue() : 100)
                        .sum())
                .isEqualTo(bad.asked().size());
        assertThat(drained.stream().mapToLong(EdgeInterval::inFlight).min()).hasValue(0);
    }
}
