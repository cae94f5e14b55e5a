package io.signalbox.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.signalbox.mesh.model.InvalidValueException;
import io.signalbox.mesh.model.Switch;
import io.signalbox.mesh.model.UnknownNameException;
import io.signalbox.mesh.model.status.InstanceStatus.RunState;
import io.signalbox.mesh.time.Ticker;
import io.signalbox.shop.load.LoadProfile;
import io.signalbox.shop.load.LoadReport;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The shop by itself, its instances wired straight to each other. */
class CornerShopTest {

    /** Earl Grey is not the offer of that moment. */
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private final DirectMesh mesh = new DirectMesh();
    private CornerShop shop;
    private ShopVisitor visitor;

    @BeforeEach
    void open() {
        shop = CornerShop.open(
                mesh, new CornerShopOptions(7, 0, LoadProfile.CALM), Ticker.system(), InstantSource.fixed(NOON));
        visitor = new ShopVisitor(shop.entry(), "mira");
    }

    @AfterEach
    void close() {
        visitor.close();
        shop.close();
        mesh.close();
    }

    @Test
    void aShopperBrowsesFillsACartAndChecksOut() {
        assertThat(visitor.get("/").body()).contains("\"categories\":[\"tea\"");
        assertThat(visitor.get("/browse?category=tea").body())
                .contains("earl-grey")
                .contains("\"reviewsAvailable\":true");
        assertThat(visitor.post("/cart/items", "{\"item\":\"earl-grey\",\"quantity\":2}")
                        .statusCode())
                .isEqualTo(201);
        assertThat(visitor.get("/cart").body()).contains("\"totalCents\":1380");
        assertThat(visitor.post("/checkout", "").body())
                .contains("\"totalCents\":1380")
                .contains("\"mailSent\":true");
        assertThat(visitor.get("/cart").body()).contains("\"lines\":[]");
    }

    @Test
    void pricesAreAskedForOverGrpcAndHaggledAbout() {
        assertThat(visitor.get("/prices?items=pears,earl-grey").body())
                .startsWith("{\"prices\":[{\"item\":\"pears\",\"listCents\":360,")
                .contains("{\"item\":\"earl-grey\",\"listCents\":690,\"discountPercent\":0,\"priceCents\":690}");
        assertThat(visitor.post("/haggle", "{\"item\":\"earl-grey\",\"bids\":[500,600]}")
                        .body())
                .isEqualTo("{\"item\":\"earl-grey\",\"answers\":[{\"verdict\":\"countered\",\"cents\":656},"
                        + "{\"verdict\":\"accepted\",\"cents\":600}]}");
    }

    @Test
    void whoBuysManyPaysLessAndTheStoreIsTheEmptier() {
        visitor.post("/cart/items", "{\"item\":\"earl-grey\",\"quantity\":3}");
        visitor.post("/cart/items", "{\"item\":\"earl-grey\",\"quantity\":1}");
        String order = visitor.post("/checkout", "").body();
        assertThat(order)
                .contains("\"totalCents\":2553")
                .contains("\"discountCents\":207")
                .contains("\"left\":{\"earl-grey\":496}");
    }

    @Test
    void aShopperWhoListensHearsOfOrdersAndStock() throws Exception {
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        HttpClient client = HttpClient.newHttpClient();
        try {
            for (int storefront = 0; storefront < 2; storefront++) {
                client.newWebSocketBuilder()
                        .buildAsync(URI.create("ws://" + shop.entry().getAuthority() + "/live"), listening(heard))
                        .join();
            }
            visitor.post("/cart/items", "{\"item\":\"earl-grey\",\"quantity\":1}");
            assertThat(visitor.post("/checkout", "").statusCode()).isEqualTo(201);
            Set<String> missing = new HashSet<>(Set.of("order", "stock"));
            while (!missing.isEmpty()) {
                String message = String.valueOf(heard.poll(10, TimeUnit.SECONDS));
                assertThat(message)
                        .as("what comes while %s is missing", missing)
                        .startsWith("{");
                missing.remove(message.replaceAll(".*\"type\":\"([a-z]+)\".*", "$1"));
            }
            await().atMost(Duration.ofSeconds(10)).until(() -> shop.audience().open() == 5);
        } finally {
            client.shutdownNow();
        }
    }

    private static WebSocket.Listener listening(BlockingQueue<String> heard) {
        return new WebSocket.Listener() {
            @Override
            public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
                heard.add(data.toString());
                socket.request(1);
                return null;
            }
        };
    }

    @Test
    void theShopGoesOnWhileOneInstanceOfPricingAndOneOfStockAreStopped() {
        shop.switchInstance("pricing-1", Switch.OFF);
        shop.switchInstance("stock-2", Switch.OFF);
        assertThat(shop.runState("pricing-1")).isEqualTo(RunState.STOPPED);
        assertThat(shop.runState("stock-2")).isEqualTo(RunState.STOPPED);
        for (int i = 0; i < 6; i++) {
            visitor.post("/cart/items", "{\"item\":\"pears\",\"quantity\":1}");
            assertThat(visitor.post("/checkout", "").statusCode()).isIn(201, 503);
        }
        shop.switchInstance("pricing-1", Switch.ON);
        shop.switchInstance("stock-2", Switch.ON);
        assertThat(shop.runState("pricing-1")).isEqualTo(RunState.RUNNING);
        assertThat(shop.runState("stock-2")).isEqualTo(RunState.RUNNING);
    }

    @Test
    void withoutStockNothingIsSoldAndNothingIsPaid() {
        shop.switchInstance("stock-1", Switch.OFF);
        shop.switchInstance("stock-2", Switch.OFF);
        visitor.post("/cart/items", "{\"item\":\"pears\",\"quantity\":1}");
        assertThat(visitor.post("/checkout", "").statusCode()).isEqualTo(503);
        assertThat(mesh.headersSeen().stream()
                        .filter(headers -> "mira".equals(headers.get("x-shopper-id")))
                        .map(headers -> headers.get("to")))
                .doesNotContain("payment");
    }

    @Test
    void answersOfStockThatBreakOffAreMendedByTheirCallerMostOfTheTime() {
        shop.switchFault("stock-resets", Switch.ON);
        int placed = 0;
        for (int i = 0; i < 40; i++) {
            visitor.post("/cart/items", "{\"item\":\"pears\",\"quantity\":1}");
            placed += visitor.post("/checkout", "").statusCode() == 201 ? 1 : 0;
        }
        assertThat(placed).isGreaterThan(35);
    }

    @Test
    void aCartBelongsToOneShopper() {
        visitor.post("/cart/items", "{\"item\":\"pears\",\"quantity\":1}");
        try (ShopVisitor other = new ShopVisitor(shop.entry(), "jo")) {
            assertThat(other.get("/cart").body()).contains("\"lines\":[]");
        }
    }

    @Test
    void whoComesWithoutAnIdIsGivenOneInACookie() {
        try (ShopVisitor stranger = new ShopVisitor(shop.entry(), "")) {
            String cookie =
                    stranger.get("/cart").headers().firstValue("set-cookie").orElseThrow();
            String guest = cookie.substring(0, cookie.indexOf(';'));
            assertThat(stranger.get("/cart", "cookie", guest).body()).contains(guest.substring(guest.indexOf('=') + 1));
        }
    }

    @Test
    void badRequestsAreRefusedWithTheFieldAndWhatWasExpected() {
        assertThat(visitor.get("/browse?category=cars").statusCode()).isEqualTo(404);
        assertThat(visitor.get("/browse").body()).contains("query.category: missing");
        assertThat(visitor.post("/cart/items", "{\"item\":").statusCode()).isEqualTo(400);
        assertThat(visitor.post("/cart/items", "{\"item\":\"pears\",\"quantity\":0}")
                        .body())
                .contains("quantity: 0 (expected: 1..99)");
        assertThat(visitor.post("/checkout", "").statusCode()).isEqualTo(409);
        assertThat(visitor.get("/nowhere").statusCode()).isEqualTo(404);
    }

    @Test
    void traceHeadersAndTheShopperTravelThroughEveryHop() {
        String trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
        visitor.get("/browse?category=tea", "traceparent", trace, "X-B3-TraceId", "abc", "x-request-id", "r-1");
        Set<String> reached = mesh.headersSeen().stream()
                .filter(headers -> trace.equals(headers.get("traceparent")))
                .filter(headers -> "abc".equals(headers.get("x-b3-traceid")))
                .filter(headers -> "r-1".equals(headers.get("x-request-id")))
                .filter(headers -> "mira".equals(headers.get("x-shopper-id")))
                .map(headers -> headers.get("to"))
                .collect(Collectors.toSet());
        assertThat(reached).contains("storefront", "catalog", "reviews");
    }

    @Test
    void everyServiceHasAPolicyAndTheScenarioIsAttached() {
        assertThat(mesh.policies).hasSize(11).allMatch(yaml -> yaml.contains("kind: TrafficPolicy"));
        assertThat(mesh.scenario).isSameAs(shop);
    }

    @Test
    void aBurstOfPaymentFailuresReachesTheShopperAndEndsWithTheFault() {
        visitor.post("/cart/items", "{\"item\":\"pears\",\"quantity\":1}");
        shop.switchFault("payment-burst", Switch.ON);
        assertThat(visitor.post("/checkout", "").statusCode()).isEqualTo(503);
        shop.switchFault("payment-burst", Switch.OFF);
        assertThat(visitor.post("/checkout", "").statusCode()).isEqualTo(201);
    }

    @Test
    void theCatalogueGoesOnWithoutTheReviewsThatCannotBeRead() {
        shop.switchFault("reviews-down", Switch.ON);
        assertThat(visitor.get("/browse?category=bakery").statusCode()).isEqualTo(200);
        assertThat(visitor.get("/browse?category=bakery").body()).contains("\"reviewsAvailable\":false");
        assertThat(visitor.get("/browse?category=tea").body()).contains("\"reviewsAvailable\":true");
        shop.switchFault("reviews-down", Switch.OFF);
        assertThat(visitor.get("/browse?category=bakery").body()).contains("\"reviewsAvailable\":true");
    }

    @Test
    void checkoutGoesOnWithoutMail() {
        shop.switchInstance("mailer-1", Switch.OFF);
        visitor.post("/cart/items", "{\"item\":\"pears\",\"quantity\":1}");
        assertThat(visitor.post("/checkout", "").body()).contains("\"mailSent\":false");
    }

    @Test
    void aSwitchedOffInstanceRefusesConnectionsAndComesBackOnTheSamePort() {
        shop.switchInstance("cart-1", Switch.OFF);
        shop.switchInstance("cart-2", Switch.OFF);
        assertThat(shop.runState("cart-1")).isEqualTo(RunState.STOPPED);
        assertThat(visitor.get("/cart").statusCode()).isEqualTo(503);
        shop.switchInstance("cart-2", Switch.ON);
        assertThat(shop.runState("cart-2")).isEqualTo(RunState.RUNNING);
        assertThat(visitor.get("/cart").statusCode()).isEqualTo(200);
    }

    @Test
    void unknownNamesAreRefusedWithTheNamesThatExist() {
        assertThatThrownBy(() -> shop.switchFault("meteor", Switch.ON))
                .isInstanceOf(UnknownNameException.class)
                .hasMessageContaining(
                        "mailer-leak, payment-burst, reviews-diff, reviews-down, slow-ratings, stock-resets");
        assertThatThrownBy(() -> shop.switchInstance("shoppers-1", Switch.OFF))
                .isInstanceOf(UnknownNameException.class)
                .hasMessageContaining("bank-1");
        assertThat(shop.runState("shoppers-1")).isEqualTo(RunState.NOT_MANAGED);
    }

    @Test
    void theLoadRunsAtTheRateAskedForAndFailsNothing() {
        shop.setLoad(80);
        await().atMost(Duration.ofSeconds(10)).until(() -> shop.load().status().completed() >= 160);
        shop.drain();
        LoadReport report = shop.load();
        assertThat(report.status().failed()).isZero();
        assertThat(report.refused()).isZero();
        assertThat(report.status().completed()).isEqualTo(report.status().sent());
        assertThat(report.latency()).isNotNull();
        Map<String, Long> calls = mesh.headersSeen().stream()
                .collect(Collectors.groupingBy(headers -> headers.getOrDefault("to", ""), Collectors.counting()));
        assertThat(calls.keySet())
                .contains(
                        "storefront", "catalog", "reviews", "ratings", "cart", "checkout", "payment", "bank", "mailer");
    }

    @Test
    void aLoadOutOfRangeIsRefused() {
        assertThatThrownBy(() -> shop.setLoad(1_001))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("load: 1001.0 (expected: 0..1000 requests per second)");
        assertThatThrownBy(() -> shop.setLoad(Double.NaN)).isInstanceOf(InvalidValueException.class);
    }

    @Test
    void closingLeavesTheMeshAndLeavesNoThreadBehind() {
        shop.close();
        assertThat(mesh.left).hasSize(23).contains("shoppers-1", "catalog-3");
        mesh.close();
        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                        .extracting(Thread::getName)
                        .noneMatch(name -> name.startsWith("shop") || name.equals("shoppers")));
    }
}
