package io.signalbox.shop.service;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.signalbox.shop.service.Message.Cart;
import io.signalbox.shop.service.Message.CartLine;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The carts of those who shop, in memory: one for all instances of the cart service, as a session cache would be, and
 * one in each for while that cannot be reached.
 *
 * <p>Keeps the {@value #MOST_CARTS} carts used last, and the {@value #MOST_LINES} newest lines of each. Safe from any
 * thread.
 */
final class CartSessions implements Sessions {

    static final int MOST_CARTS = 2_000;
    static final int MOST_LINES = 20;

    @GuardedBy("this")
    private final Map<String, List<CartLine>> carts = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, List<CartLine>> eldest) {
            return size() > MOST_CARTS;
        }
    };

    @Override
    public synchronized Cart cart(String shopper) {
        List<CartLine> lines = carts.getOrDefault(shopper, List.of());
        int total = lines.stream()
                .mapToInt(line -> line.priceCents() * line.quantity())
                .sum();
        return new Cart(shopper, List.copyOf(lines), total);
    }

    @Override
    public synchronized Cart add(String shopper, CartLine line) {
        List<CartLine> lines = carts.computeIfAbsent(shopper, _ -> new ArrayList<>());
        lines.add(line);
        if (lines.size() > MOST_LINES) {
            lines.removeFirst();
        }
        return cart(shopper);
    }

    synchronized void clear() {
        carts.clear();
    }

    @Override
    public synchronized Cart empty(String shopper) {
        carts.remove(shopper);
        return cart(shopper);
    }
}
