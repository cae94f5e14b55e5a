package io.signalbox.shop.service;

import java.time.Instant;
import java.util.List;

/**
 * What things cost: the catalogue's price, less a discount.
 *
 * <p>The offer of the moment is {@value #OFFER_PERCENT} % off and changes every {@value #SECONDS} seconds; whoever takes
 * {@value #MANY} of a thing pays {@value #MANY_PERCENT} % less. The better of the two counts. Every instance comes to the
 * same prices, for they follow from the time alone. Immutable.
 */
final class Offers {

    static final int OFFER_PERCENT = 20;
    static final int MANY = 3;
    static final int MANY_PERCENT = 10;
    static final long SECONDS = 2;

    /** Prime, so that every item has its turn, and not in the order of the shelves. */
    private static final long STRIDE = 10_007;

    private final List<Item> items;

    Offers(Range range) {
        items = range.items();
    }

    Item at(Instant now) {
        long turn = now.getEpochSecond() / SECONDS;
        return items.get((int) Math.floorMod(turn * STRIDE, (long) items.size()));
    }

    int discountPercent(Item item, int quantity, Instant now) {
        int forMany = quantity >= MANY ? MANY_PERCENT : 0;
        return at(now).equals(item) ? Math.max(OFFER_PERCENT, forMany) : forMany;
    }

    /** What is left of an amount, rounded in the shopper's favour. */
    static int less(int cents, int percent) {
        return cents * (100 - percent) / 100;
    }
}
