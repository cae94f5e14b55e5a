package io.signalbox.mesh.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A deadline over sockets and mutual TLS: shop calls catalog, whose application calls stock. */
class DeadlineTravelTest extends MeshCase {

    @Test
    void theLastHopEndsWithTheFirst() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        RawApp stock = mesh.closing(RawApp.talking(connection -> {
            connection.request();
            over.await();
        }));
        mesh.serve("stock", "v1", "stock-1", stock.port());
        CompletableFuture<Integer> ownOutbound = new CompletableFuture<>();
        CompletableFuture<RawHttp.Answer> fromStock = new CompletableFuture<>();
        TestApp catalog = mesh.closing(TestApp.answering(exchange -> {
            if (exchange.getRequestURI().getPath().equals("/first")) {
                TestApp.say(exchange, 200, "connected");
                return;
            }
            try (RawHttp http = new RawHttp(ownOutbound.join())) {
                fromStock.complete(http.send("GET / HTTP/1.1\nHost: stock\ntraceparent: "
                                + exchange.getRequestHeaders().getFirst("traceparent") + "\n\n")
                        .answer());
            } catch (IOException e) {
                fromStock.completeExceptionally(e);
            }
            TestApp.say(exchange, 200, "late");
        }));
        ownOutbound.complete(
                mesh.serve("catalog", "v1", "catalog-1", catalog.port()).outboundPort());
        mesh.policy(TestMesh.draft("stock").timeout(Duration.ofMinutes(5)).done());

        // The handshake's time is not what this is about.
        assertThat(get("/first").body()).isEqualTo("connected");
        mesh.policy(TestMesh.draft("catalog").timeout(Duration.ofMillis(1_500)).done());

        RawHttp.Answer answer = get("/");

        assertThat(answer.status()).isEqualTo(504);
        assertThat(answer.cause()).isEqualTo("timeout");
        RawHttp.Answer inner = fromStock.get(10, TimeUnit.SECONDS);
        assertThat(inner.status()).isEqualTo(504);
        assertThat(inner.cause()).isEqualTo("timeout");
        over.countDown();
    }
}
