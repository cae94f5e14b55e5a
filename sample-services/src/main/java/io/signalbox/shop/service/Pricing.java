package io.signalbox.shop.service;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.signalbox.shop.pricing.v1.BasketLine;
import io.signalbox.shop.pricing.v1.BasketTotal;
import io.signalbox.shop.pricing.v1.Bid;
import io.signalbox.shop.pricing.v1.BidAnswer;
import io.signalbox.shop.pricing.v1.Price;
import io.signalbox.shop.pricing.v1.PricingGrpc;
import io.signalbox.shop.pricing.v1.QuoteRequest;
import io.signalbox.shop.pricing.v1.QuoteResponse;
import io.signalbox.shop.pricing.v1.WatchPricesRequest;
import io.signalbox.shop.web.Pace;
import io.signalbox.shop.web.Pause;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * What things cost, over gRPC: a quote, a watch on the offer of the moment, the total of a basket, and a haggle.
 *
 * <p>Every call has a thread to itself, which may be virtual; a watch keeps its thread to the end.
 */
final class Pricing extends PricingGrpc.PricingImplBase {

    static final int LONGEST_WATCH_SECONDS = 300;

    private static final Duration WORK = Duration.ofMillis(2);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

    private final Range range;
    private final Offers offers;
    private final Pace pace;
    private final InstantSource clock;
    private final Pause pause;

    Pricing(Range range, Pace pace, InstantSource clock, Pause pause) {
        this.range = range;
        this.offers = new Offers(range);
        this.pace = pace;
        this.clock = clock;
        this.pause = pause;
    }

    @Override
    public void quote(QuoteRequest request, StreamObserver<QuoteResponse> caller) {
        pace.work(WORK);
        try {
            Instant now = clock.instant();
            QuoteResponse.Builder quote = QuoteResponse.newBuilder();
            request.getItemsList().forEach(id -> quote.addPrices(price(item(id), now)));
            caller.onNext(quote.build());
            caller.onCompleted();
        } catch (StatusRuntimeException refused) {
            caller.onError(refused);
        }
    }

    @Override
    public void watchPrices(WatchPricesRequest request, StreamObserver<Price> caller) {
        int seconds = request.getSeconds();
        if (seconds < 1 || seconds > LONGEST_WATCH_SECONDS) {
            caller.onError(invalid("seconds: " + seconds + " (expected: 1.." + LONGEST_WATCH_SECONDS + ")"));
            return;
        }
        ServerCallStreamObserver<Price> watcher = (ServerCallStreamObserver<Price>) caller;
        // Whoever has left is noticed by asking; without a handler the next price would throw instead.
        watcher.setOnCancelHandler(() -> {});
        Instant now = clock.instant();
        Instant end = now.plusSeconds(seconds);
        Item offered = offers.at(now);
        watcher.onNext(price(offered, now));
        while (now.isBefore(end) && isWatching(watcher)) {
            pause.last(BETWEEN_LOOKS);
            now = clock.instant();
            Item next = offers.at(now);
            if (!next.equals(offered) && isWatching(watcher)) {
                watcher.onNext(price(offered, now));
                watcher.onNext(price(next, now));
                offered = next;
            }
        }
        if (isWatching(watcher)) {
            watcher.onCompleted();
        }
    }

    @Override
    public StreamObserver<BasketLine> quoteBasket(StreamObserver<BasketTotal> caller) {
        return new BasketSum(caller);
    }

    @Override
    public StreamObserver<Bid> haggle(StreamObserver<BidAnswer> caller) {
        return new Haggle(this::item, caller);
    }

    private static boolean isWatching(ServerCallStreamObserver<Price> watcher) {
        return !watcher.isCancelled() && !Thread.currentThread().isInterrupted();
    }

    private Price price(Item item, Instant now) {
        int percent = offers.discountPercent(item, 1, now);
        return Price.newBuilder()
                .setItem(item.id())
                .setListCents(item.priceCents())
                .setDiscountPercent(percent)
                .setPriceCents(Offers.less(item.priceCents(), percent))
                .build();
    }

    private Item item(String id) {
        return range.item(id)
                .orElseThrow(() -> Status.NOT_FOUND
                        .withDescription("item: " + id + " (expected: an item's id)")
                        .asRuntimeException());
    }

    private static StatusRuntimeException invalid(String why) {
        return Status.INVALID_ARGUMENT.withDescription(why).asRuntimeException();
    }

    /** Adds up the lines of one basket as they come. Called by one thread at a time. */
    private final class BasketSum implements StreamObserver<BasketLine> {
        private final StreamObserver<BasketTotal> caller;
        private final Instant now = clock.instant();
        private int lines;
        private int listCents;
        private int totalCents;
        private boolean refused;

        BasketSum(StreamObserver<BasketTotal> caller) {
            this.caller = caller;
        }

        @Override
        public void onNext(BasketLine line) {
            if (refused) {
                return;
            }
            try {
                add(line);
            } catch (StatusRuntimeException refusal) {
                refused = true;
                caller.onError(refusal);
            }
        }

        private void add(BasketLine line) {
            Item item = item(line.getItem());
            int quantity = line.getQuantity();
            if (quantity < 1 || quantity > 99) {
                throw invalid("quantity: " + quantity + " (expected: 1..99)");
            }
            if (++lines > CartSessions.MOST_LINES) {
                throw invalid("lines: more than " + CartSessions.MOST_LINES);
            }
            int list = item.priceCents() * quantity;
            listCents += list;
            totalCents += Offers.less(list, offers.discountPercent(item, quantity, now));
        }

        @Override
        public void onError(Throwable left) {
            // who left before the last line wants no total
        }

        @Override
        public void onCompleted() {
            if (refused) {
                return;
            }
            pace.work(WORK);
            caller.onNext(BasketTotal.newBuilder()
                    .setListCents(listCents)
                    .setDiscountCents(listCents - totalCents)
                    .setTotalCents(totalCents)
                    .build());
            caller.onCompleted();
        }
    }
}
