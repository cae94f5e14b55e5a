package io.signalbox.shop.service;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How many of each item lie in the store, in memory, shared by the instances of stock as a database would be.
 *
 * <p>An order reserves an item once: asking again for the same order and item answers the same and takes nothing, for
 * the {@value #REMEMBERED} reservations made last. A shelf that falls below {@value #LOW} is filled up to
 * {@value #FULL} overnight, which here is at once. Safe from any thread.
 */
final class StockRoom implements Shelves {

    static final int FULL = 500;
    static final int LOW = 100;
    static final int REMEMBERED = 10_000;

    @GuardedBy("this")
    private final Map<String, Integer> shelves = new HashMap<>();

    @GuardedBy("this")
    private final Map<String, Reservation> reservations = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Reservation> eldest) {
            return size() > REMEMBERED;
        }
    };

    StockRoom(Range range) {
        range.items().forEach(item -> shelves.put(item.id(), FULL));
    }

    @Override
    public synchronized int level(String item) {
        return shelves.getOrDefault(item, -1);
    }

    @Override
    public synchronized Reservation reserve(String item, int quantity, String order) {
        String key = order + " " + item;
        Reservation earlier = reservations.get(key);
        if (earlier != null) {
            return earlier;
        }
        int there = level(item);
        if (quantity > there) {
            return new Reservation(false, there);
        }
        Reservation made = new Reservation(true, there - quantity);
        shelves.put(item, made.left() < LOW ? FULL : made.left());
        reservations.put(key, made);
        return made;
    }
}
