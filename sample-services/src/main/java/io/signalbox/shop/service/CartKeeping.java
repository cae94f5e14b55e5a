package io.signalbox.shop.service;

import java.util.function.BooleanSupplier;

/**
 * Where one instance of cart keeps its sessions: in the cache that all instances share, and while that cannot be
 * reached, in its own memory, which it clears once the cache is back. Safe from any thread.
 */
final class CartKeeping {

    private final Sessions cache;
    private final CartSessions own = new CartSessions();
    private final BooleanSupplier cacheReached;

    CartKeeping(Sessions cache, BooleanSupplier cacheReached) {
        this.cache = cache;
        this.cacheReached = cacheReached;
    }

    Sessions sessions() {
        if (!cacheReached.getAsBoolean()) {
            return own;
        }
        own.clear();
        return cache;
    }
}
