package io.signalbox.mesh.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.signalbox.mesh.model.HedgeDelay;
import io.signalbox.mesh.model.RetryPolicy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Attempts side by side, over sockets: the caller's connection and the endpoints' stay in order. */
class HedgeTest extends MeshCase {

    private static final RetryPolicy HEDGED = new RetryPolicy(
            1,
            Optional.empty(),
            Set.of(),
            RetryPolicy.Backoff.DEFAULT,
            new RetryPolicy.Budget(1.0, 1_000),
            RetryPolicy.Methods.IDEMPOTENT,
            Set.of(),
            Optional.of(new RetryPolicy.Hedge(new HedgeDelay.Fixed(Duration.ofMillis(50)), 1)));

    private final List<String> bodies = new CopyOnWriteArrayList<>();
    private final List<String> ends = new CopyOnWriteArrayList<>();

    @Test
    void theQuickOnesAnswerIsPassedOnAndTheSlowOneSeesTheEnd() throws IOException {
        expose(slow());
        expose(quick());
        mesh.policy(TestMesh.draft("catalog").retry(HEDGED).done());

        askOnOneConnection();

        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() ->
                        assertThat(ends).as("each slow attempt is given up").hasSizeGreaterThanOrEqualTo(2));
        assertThat(bodies).contains("0: first", "2: first");
    }

    @Test
    void overMutualTlsAsWell() throws IOException {
        serve(slow());
        serve(quick());
        mesh.policy(TestMesh.draft("catalog").retry(HEDGED).done());

        askOnOneConnection();
    }

    /** Turn by turn one of two calls comes to the slow endpoint first. */
    private void askOnOneConnection() throws IOException {
        try (RawHttp http = new RawHttp(shop.outboundPort())) {
            for (int i = 0; i < 6; i++) {
                String body = i + ": first";
                RawHttp.Answer answer = http.send(
                                "PUT / HTTP/1.1\nHost: catalog\nContent-Length: " + body.length() + "\n\n" + body)
                        .answer();
                assertThat(answer.status()).isEqualTo(200);
                assertThat(answer.body()).isEqualTo("echo " + body);
            }
        }
    }

    /** Takes the request and says nothing. */
    private RawApp slow() throws IOException {
        return RawApp.talking(connection -> {
            connection.request();
            bodies.add(new String(connection.http().exactly(8), StandardCharsets.UTF_8));
            ends.add(connection.http().in.read() < 0 ? "end" : "more");
        });
    }

    private TestApp quick() throws IOException {
        return TestApp.answering(exchange -> TestApp.say(
                exchange, 200, "echo " + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
    }
}
