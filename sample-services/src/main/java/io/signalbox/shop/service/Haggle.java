package io.signalbox.shop.service;

import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import io.signalbox.shop.pricing.v1.Bid;
import io.signalbox.shop.pricing.v1.BidAnswer;
import io.signalbox.shop.pricing.v1.BidAnswer.Verdict;
import java.util.function.Function;

/**
 * One haggle: three bids at most, each answered at once.
 *
 * <p>The shop takes {@value #LOWEST_PERCENT} % of the list price or more. To less it answers with a price of its own,
 * which falls from bid to bid but never below that. Called by one thread at a time.
 */
final class Haggle implements StreamObserver<Bid> {

    static final int LOWEST_PERCENT = 85;
    static final int MOST_BIDS = 3;

    private final Function<String, Item> items;
    private final StreamObserver<BidAnswer> caller;
    private int bids;
    private boolean settled;

    /** @param items finds an item, or throws a gRPC status */
    Haggle(Function<String, Item> items, StreamObserver<BidAnswer> caller) {
        this.items = items;
        this.caller = caller;
    }

    @Override
    public void onNext(Bid bid) {
        if (settled) {
            return;
        }
        try {
            BidAnswer answer = answer(items.apply(bid.getItem()).priceCents(), bid.getCents());
            caller.onNext(answer);
            if (answer.getVerdict() != Verdict.COUNTERED) {
                settle();
            }
        } catch (StatusRuntimeException unknownItem) {
            settled = true;
            caller.onError(unknownItem);
        }
    }

    @Override
    public void onError(Throwable left) {
        settled = true;
    }

    @Override
    public void onCompleted() {
        if (!settled) {
            settle();
        }
    }

    private BidAnswer answer(int listCents, int cents) {
        bids++;
        int lowest = listCents * LOWEST_PERCENT / 100;
        if (cents >= lowest) {
            return answer(Verdict.ACCEPTED, Math.min(cents, listCents));
        }
        if (bids == MOST_BIDS) {
            return answer(Verdict.REFUSED, listCents);
        }
        return answer(Verdict.COUNTERED, listCents - (listCents - lowest) * bids / MOST_BIDS);
    }

    private static BidAnswer answer(Verdict verdict, int cents) {
        return BidAnswer.newBuilder().setVerdict(verdict).setCents(cents).build();
    }

    private void settle() {
        settled = true;
        caller.onCompleted();
    }
}
