package io.signalbox.shop.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.signalbox.mesh.model.Switch;
import io.signalbox.shop.load.LiveAudience;
import io.signalbox.shop.load.LiveReport;
import io.signalbox.shop.web.AppHost;
import io.signalbox.shop.web.AppPort;
import io.signalbox.shop.web.MeshClient;
import io.signalbox.shop.web.Refusal;
import io.signalbox.shop.web.Reply;
import io.signalbox.shop.web.ShopperClient;
import io.signalbox.shop.web.Site;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The live connection over a real socket, spoken to by the JDK's own WebSocket client. */
class LiveRoomTest {

    private final Semaphore feeding = new Semaphore(0);
    private final LiveRoom room = new LiveRoom(this::feed);
    private final AppHost host = new AppHost();
    private final AppPort port = host.reserve("storefront-1");
    private final HttpClient client = HttpClient.newHttpClient();
    private final MeshClient shop = new MeshClient(host.threads());
    private final AtomicInteger feeds = new AtomicInteger();

    LiveRoomTest() {
        port.serve(new Site(
                call -> {
                    if (call.path().equals(LiveRoom.PATH)) {
                        throw new Refusal(426, "upgrade: missing");
                    }
                    return Reply.ok("fine");
                },
                Optional.of(room.door())));
    }

    @AfterEach
    void close() {
        feeding.release(1_000);
        client.shutdownNow();
        shop.close();
        host.close();
    }

    private void feed(LiveRoom fed) {
        feeds.incrementAndGet();
        feeding.acquireUninterruptibly();
    }

    private WebSocket connect(Ear ear) {
        return client.newWebSocketBuilder()
                .buildAsync(URI.create("ws://127.0.0.1:" + port.number() + LiveRoom.PATH), ear)
                .join();
    }

    private void someoneIsThere() {
        await().atMost(Duration.ofSeconds(5)).until(() -> !room.isEmpty());
    }

    @Test
    void everybodyIsToldEverythingUntilTheyChoose() {
        Ear ear = new Ear();
        connect(ear);
        someoneIsThere();
        room.tell(new LiveMessage.Price("pears", "fruit", 288, 20));
        room.tell(new LiveMessage.Stock("earl-grey", "tea", 7));
        room.tell(new LiveMessage.Order(2, 1_380));
        assertThat(ear.next())
                .isEqualTo("{\"type\":\"price\",\"item\":\"pears\",\"category\":\"fruit\","
                        + "\"priceCents\":288,\"discountPercent\":20}");
        assertThat(ear.next()).isEqualTo("{\"type\":\"stock\",\"item\":\"earl-grey\",\"category\":\"tea\",\"left\":7}");
        assertThat(ear.next()).isEqualTo("{\"type\":\"order\",\"lines\":2,\"totalCents\":1380}");
    }

    @Test
    void aSubscriptionIsEchoedAndNarrowsWhatIsTold() {
        Ear ear = new Ear();
        var _ = connect(ear).sendText("{\"subscribe\":\"tea\"}", true);
        assertThat(ear.next()).contains("\"subscribed\"").contains("\"tea\"");
        room.tell(new LiveMessage.Price("pears", "fruit", 288, 20));
        room.tell(new LiveMessage.Order(1, 10));
        room.tell(new LiveMessage.Stock("earl-grey", "tea", 7));
        assertThat(ear.next()).contains("\"order\"");
        assertThat(ear.next()).contains("earl-grey");
    }

    @Test
    void whatIsNoSubscriptionIsAnsweredByWhatWasExpected() {
        Ear ear = new Ear();
        WebSocket socket = connect(ear);
        socket.sendText("tea, please", true).join();
        assertThat(ear.next()).contains("\"error\"").contains("subscribe");
        socket.sendText("{\"subscribe\":null}", true).join();
        assertThat(ear.next()).contains("\"error\"");
    }

    @Test
    void aMessageThatIsTooLongEndsTheConnection() {
        Ear ear = new Ear();
        var _ = connect(ear).sendText("x".repeat(2_000), true);
        assertThat(ear.closed.orTimeout(5, TimeUnit.SECONDS).join()).isEqualTo(1009);
    }

    @Test
    void aPingIsAnswered() {
        Ear ear = new Ear();
        var _ = connect(ear).sendPing(ByteBuffer.wrap(new byte[] {1, 2, 3}));
        assertThat(ear.next()).isEqualTo("pong 3");
    }

    @Test
    void theFeedRunsOnceWhileSomebodyIsThereAndEndsAfterTheLast() {
        WebSocket first = connect(new Ear());
        someoneIsThere();
        connect(new Ear()).abort();
        await().atMost(Duration.ofSeconds(5)).until(() -> feeds.get() == 1);
        first.abort();
        await().atMost(Duration.ofSeconds(5)).until(room::isEmpty);
        feeding.release();
        connect(new Ear());
        await().atMost(Duration.ofSeconds(5)).until(() -> feeds.get() == 2);
    }

    @Test
    void aPortThatIsSwitchedOffSendsEverybodyHome() {
        connect(new Ear());
        someoneIsThere();
        port.switchTo(Switch.OFF);
        await().atMost(Duration.ofSeconds(5)).until(room::isEmpty);
    }

    @Test
    void whoAsksWithoutAnUpgradeIsToldSoAndOtherPathsTakeNone() throws Exception {
        HttpRequest plain = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port.number() + LiveRoom.PATH))
                .build();
        assertThat(client.send(plain, HttpResponse.BodyHandlers.discarding()).statusCode())
                .isEqualTo(426);
        assertThatThrownBy(() -> client.newWebSocketBuilder()
                        .buildAsync(URI.create("ws://127.0.0.1:" + port.number() + "/other"), new Ear())
                        .join())
                .hasCauseInstanceOf(WebSocketHandshakeException.class);
    }

    @Test
    void theAudienceCountsWhatItIsToldAndComesBackAfterItWasCutOff() {
        ShopperClient shoppers = new ShopperClient(shop, URI.create("http://127.0.0.1:" + port.number()));
        try (LiveAudience audience = new LiveAudience(shoppers, List.of("tea", "fruit"), _ -> {})) {
            audience.start();
            // each is told that it is subscribed
            await().atMost(Duration.ofSeconds(5)).until(() -> audience.report().messages() == 5);
            assertThat(audience.report()).isEqualTo(new LiveReport(5, 5, 5));
            room.tell(new LiveMessage.Order(1, 10));
            await().atMost(Duration.ofSeconds(5)).until(() -> audience.report().messages() == 10);
            port.switchTo(Switch.OFF);
            await().atMost(Duration.ofSeconds(5)).until(() -> audience.report().open() == 0);
            port.switchTo(Switch.ON);
            await().atMost(Duration.ofSeconds(10)).until(() -> audience.report().open() == 5);
            assertThat(audience.report().opened()).isEqualTo(10);
        }
        await().atMost(Duration.ofSeconds(5)).until(room::isEmpty);
    }

    private static final class Ear implements WebSocket.Listener {
        private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        private final CompletableFuture<Integer> closed = new CompletableFuture<>();

        String next() {
            try {
                String text = heard.poll(5, TimeUnit.SECONDS);
                return text == null ? "silence" : text;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return "interrupted";
            }
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            heard.add(data.toString());
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onPong(WebSocket socket, ByteBuffer message) {
            heard.add("pong " + message.remaining());
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
            closed.complete(status);
            return null;
        }
    }
}
