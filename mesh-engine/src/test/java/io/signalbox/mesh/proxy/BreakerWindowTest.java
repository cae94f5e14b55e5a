package io.signalbox.mesh.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.signalbox.mesh.model.BreakerState;
import io.signalbox.mesh.model.BreakerWindow;
import io.signalbox.mesh.model.BreakerWindow.Extent;
import io.signalbox.mesh.model.BreakerWindow.SlowCalls;
import io.signalbox.mesh.model.CircuitBreakerConfig;
import io.signalbox.mesh.model.CircuitReason;
import io.signalbox.mesh.model.Endpoint;
import io.signalbox.mesh.model.Protocol;
import io.signalbox.mesh.model.WindowCounts;
import io.signalbox.mesh.resilience.BreakerView;
import io.signalbox.mesh.resilience.CallOutcome;
import io.signalbox.mesh.resilience.Opening;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.http.HttpFields;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Circuits that judge by shares, on real connections. */
class BreakerWindowTest extends MeshCase {

    @Test
    void aShareOfFailuresOpensTheCircuitAndIsExplained() throws IOException {
        AtomicInteger calls = new AtomicInteger();
        serve(TestApp.answering(exchange -> TestApp.say(exchange, calls.incrementAndGet() % 2 == 0 ? 500 : 200, "x")));
        window(new BreakerWindow(new Extent.Calls(10), 4, 0.5, Optional.empty()));

        for (int i = 0; i < 4; i++) {
            get("/");
        }
        await().untilAsserted(() -> assertThat(breaker().state()).isEqualTo(BreakerState.OPEN));
        assertThat(get("/").cause()).isEqualTo("breaker-open");
        assertThat(opening().why()).isEqualTo(new CircuitReason.FailureRate(new WindowCounts(4, 2, 0), 0.5));
        assertThat(opening().calls()).extracting(CallOutcome::status).containsExactly(200, 500, 200, 500);
        assertThat(opening().calls())
                .extracting(CallOutcome::requestId)
                .doesNotContainNull()
                .doesNotHaveDuplicates();
        assertThat(opening().calls()).allMatch(call -> call.durationNanos() > 0);
        assertThat(opening().refused().calls()).isEqualTo(1);
    }

    @Test
    void slowAnswersOpenTheCircuitThoughTheyAreGood() throws IOException {
        serve(TestApp.saying(200, "fine"));
        window(new BreakerWindow(new Extent.Calls(10), 3, 1.0, Optional.of(new SlowCalls(1.0, Duration.ofNanos(1)))));

        for (int i = 0; i < 3; i++) {
            assertThat(get("/").status()).isEqualTo(200);
        }
        await().untilAsserted(() -> assertThat(breaker().state()).isEqualTo(BreakerState.OPEN));
        assertThat(breaker().lastWhy()).contains(new CircuitReason.SlowCallRate(new WindowCounts(3, 0, 3), 1.0));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        # a status of gRPC, whether it counts as a failure
        0, 0
        1, 0
        2, 1
        3, 0
        4, 1
        5, 0
        7, 0
        8, 1
        12, 0
        13, 1
        14, 1
        15, 1
        """)
    void aStatusOfGrpcInTheTrailersCounts(String status, int failures) throws Exception {
        try (H2cApp app = H2cApp.doing((_, response, callback) -> {
            HttpFields trailers = HttpFields.build().put("grpc-status", status);
            response.setTrailersSupplier(() -> trailers);
            response.write(true, null, callback);
        })) {
            mesh.register(new Endpoint("catalog", "catalog-1", "v1", "127.0.0.1", app.port(), Protocol.GRPC, null));
            window(new BreakerWindow(new Extent.Calls(10), 10, 1.0, Optional.empty()));

            assertThat(get("/").status()).isEqualTo(200);
            await().untilAsserted(() -> assertThat(breaker().window()).contains(new WindowCounts(1, failures, 0)));
        }
    }

    @Test
    void aStatusOfGrpcInTheOnlyHeadCounts() throws Exception {
        expose(TestApp.answering(exchange -> {
            exchange.getResponseHeaders().set("grpc-status", "14");
            TestApp.say(exchange, 200, "");
        }));
        window(new BreakerWindow(new Extent.Calls(10), 1, 1.0, Optional.empty()));

        assertThat(get("/").status()).isEqualTo(200);
        await().untilAsserted(() -> assertThat(breaker().state()).isEqualTo(BreakerState.OPEN));
    }

    @Test
    void aCircuitThatCountsInARowDoesNotReadStatusesOfGrpc() throws Exception {
        expose(TestApp.answering(exchange -> {
            exchange.getResponseHeaders().set("grpc-status", "14");
            TestApp.say(exchange, 200, "");
        }));
        mesh.policy(TestMesh.draft("catalog")
                .breaker(1, 1, Duration.ofSeconds(60), 1)
                .done());

        for (int i = 0; i < 3; i++) {
            assertThat(get("/").status()).isEqualTo(200);
        }
        assertThat(breaker().state()).isEqualTo(BreakerState.CLOSED);
    }

    private void window(BreakerWindow window) {
        mesh.policy(TestMesh.draft("catalog")
                .breaker(new CircuitBreakerConfig(5, 1, Duration.ofSeconds(60), 1).withWindow(window))
                .done());
    }

    private Opening opening() {
        return shop.lastOpening(shop.circuits().getFirst().endpoint().instanceId())
                .orElseThrow();
    }

    private BreakerView breaker() {
        return shop.circuits().getFirst().breaker();
    }
}
