package io.signalbox.shop.service;

import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.stub.BlockingClientCall;
import io.signalbox.shop.pricing.v1.BasketLine;
import io.signalbox.shop.pricing.v1.BasketTotal;
import io.signalbox.shop.pricing.v1.Bid;
import io.signalbox.shop.pricing.v1.BidAnswer;
import io.signalbox.shop.pricing.v1.Price;
import io.signalbox.shop.pricing.v1.PricingGrpc;
import io.signalbox.shop.pricing.v1.PricingGrpc.PricingBlockingV2Stub;
import io.signalbox.shop.pricing.v1.QuoteRequest;
import io.signalbox.shop.pricing.v1.WatchPricesRequest;
import io.signalbox.shop.rpc.RpcNeighbours;
import io.signalbox.shop.service.Message.CartLine;
import io.signalbox.shop.web.Call;
import io.signalbox.shop.web.NeighbourFailure;
import io.signalbox.shop.web.Refusal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The pricing service as its callers reach it. Calls block, so they belong on a virtual thread.
 *
 * <p>Every call has a deadline, which travels with it, longer than what the mesh allows: timeouts and retries are its
 * business, and the deadline is for when it cannot help.
 */
final class PricingDesk {

    static final String SERVICE = "pricing";

    private static final Duration DEADLINE = Duration.ofSeconds(8);
    private static final Duration WATCH = Duration.ofSeconds(30);

    private final RpcNeighbours neighbours;

    PricingDesk(RpcNeighbours neighbours) {
        this.neighbours = neighbours;
    }

    /** What each item costs now. */
    List<Price> quote(Call cause, List<String> items) {
        return answered(() -> stub(cause)
                .quote(QuoteRequest.newBuilder().addAllItems(items).build())
                .getPricesList());
    }

    /** What the basket costs now. */
    BasketTotal basket(Call cause, List<CartLine> lines) {
        return answered(() -> {
            BlockingClientCall<BasketLine, BasketTotal> call = stub(cause).quoteBasket();
            for (CartLine line : lines) {
                call.write(BasketLine.newBuilder()
                        .setItem(line.item())
                        .setQuantity(line.quantity())
                        .build());
            }
            call.halfClose();
            return wanted(call.read());
        });
    }

    /** Makes one bid after the other until one is accepted or refused; the answers, in order. */
    List<BidAnswer> haggle(Call cause, String item, List<Integer> bids) {
        return answered(() -> {
            BlockingClientCall<Bid, BidAnswer> call = stub(cause).haggle();
            List<BidAnswer> answers = new ArrayList<>();
            for (int cents : bids) {
                call.write(Bid.newBuilder().setItem(item).setCents(cents).build());
                BidAnswer answer = wanted(call.read());
                answers.add(answer);
                if (answer.getVerdict() != BidAnswer.Verdict.COUNTERED) {
                    break;
                }
            }
            call.halfClose();
            return answers;
        });
    }

    /** Hands over the offer of the moment and what changes, for half a minute, or until it is no longer wanted. */
    void watch(Predicate<Price> wantsMore) {
        answered(() -> {
            BlockingClientCall<?, Price> call = stub(neighbours.channel(SERVICE), WATCH.plus(DEADLINE))
                    .watchPrices(WatchPricesRequest.newBuilder()
                            .setSeconds((int) WATCH.toSeconds())
                            .build());
            for (Price price = call.read(); price != null; price = call.read()) {
                if (!wantsMore.test(price)) {
                    call.cancel("Nobody watches any more", null);
                    return false;
                }
            }
            return true;
        });
    }

    private PricingBlockingV2Stub stub(Call cause) {
        return stub(neighbours.channel(SERVICE, cause), DEADLINE);
    }

    private static PricingBlockingV2Stub stub(Channel channel, Duration deadline) {
        return PricingGrpc.newBlockingV2Stub(channel).withDeadlineAfter(deadline.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static <T> T wanted(@Nullable T message) {
        if (message == null) {
            throw new NeighbourFailure(SERVICE, "it ended without an answer");
        }
        return message;
    }

    private static <T> T answered(Exchange<T> exchange) {
        try {
            return exchange.take();
        } catch (StatusException e) {
            throw failure(e.getStatus());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NeighbourFailure(SERVICE, "interrupted");
        } catch (TimeoutException e) {
            throw failure(Status.DEADLINE_EXCEEDED);
        }
    }

    private static RuntimeException failure(Status status) {
        String why = String.valueOf(status.getDescription());
        return switch (status.getCode()) {
            case INVALID_ARGUMENT -> new Refusal(400, why);
            case NOT_FOUND -> new Refusal(404, why);
            default -> new NeighbourFailure(SERVICE, "it answered " + status.getCode());
        };
    }

    private interface Exchange<T> {
        T take() throws StatusException, InterruptedException, TimeoutException;
    }
}
