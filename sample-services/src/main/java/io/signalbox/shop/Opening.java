package io.signalbox.shop;

import io.signalbox.mesh.time.Ticker;
import io.signalbox.shop.service.Range;
import io.signalbox.shop.web.Json;
import io.signalbox.shop.web.ShopperClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/**
 * The round that is made through the shop before the shoppers come: every kind of request, until each is answered.
 *
 * <p>It makes every connection that the first shoppers need, and proves that the mesh carries them.
 */
final class Opening {

    private static final String SHOPPER = "shopkeeper";
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration PAUSE = Duration.ofMillis(20);

    /** What a round takes once it is quick, about 30 ms a request. */
    private static final Duration SETTLED = Duration.ofMillis(500);

    private final ShopperClient client;
    private final Range range;
    private final Ticker ticker;

    Opening(ShopperClient client, Range range, Ticker ticker) {
        this.client = client;
        this.range = range;
        this.ticker = ticker;
    }

    /**
     * Makes a round, and more until one of them goes as fast as it does where everything has been used before.
     *
     * @param settling how long that may take; zero for one round
     * @throws IllegalStateException if a request is still not answered well after 20 seconds
     */
    void makeRounds(Duration settling) {
        long until = ticker.nanos() + settling.toNanos();
        long took;
        do {
            long begun = ticker.nanos();
            makeRound();
            took = ticker.nanos() - begun;
        } while (took > SETTLED.toNanos() && ticker.nanos() - until < 0);
    }

    private void makeRound() {
        long until = ticker.nanos() + PATIENCE.toNanos();
        for (Step step : steps()) {
            int status = send(step);
            while (status >= 400 || status == 0) {
                if (ticker.nanos() - until > 0) {
                    throw new IllegalStateException("Corner Shop does not answer: " + step.method + " " + step.path
                            + " gets " + (status == 0 ? "no answer" : status));
                }
                LockSupport.parkNanos(PAUSE.toNanos());
                status = send(step);
            }
        }
    }

    private List<Step> steps() {
        List<Step> steps = new ArrayList<>();
        steps.add(new Step("GET", "/", ""));
        range.categories().forEach(category -> steps.add(new Step("GET", "/browse?category=" + category, "")));
        String item = range.items().getFirst().id();
        steps.add(new Step("GET", "/prices?items=" + item, ""));
        steps.add(new Step("POST", "/haggle", Json.write(Map.of("item", item, "bids", List.of(1)))));
        for (int round = 0; round < 2; round++) {
            steps.add(new Step("POST", "/cart/items", Json.write(Map.of("item", item, "quantity", 1))));
            steps.add(new Step("GET", "/cart", ""));
            steps.add(new Step("POST", "/checkout", ""));
        }
        return steps;
    }

    private int send(Step step) {
        CompletableFuture<Integer> status = new CompletableFuture<>();
        client.send(SHOPPER, step.method, step.path, step.body, status::complete);
        try {
            return status.get(PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while the shop opened", e);
        } catch (ExecutionException | TimeoutException e) {
            return 0;
        }
    }

    private record Step(String method, String path, String body) {}
}
