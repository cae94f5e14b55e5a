package io.signalbox.mesh.client.attach;

import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/** Hands out one object for all that are equal, while anybody holds it. For one thread at a time. */
final class Interner<T> {

    private final Map<T, WeakReference<T>> known = new WeakHashMap<>();

    T same(T value) {
        @Nullable WeakReference<T> held = known.get(value);
        T before = held == null ? null : held.get();
        if (before != null) {
            return before;
        }
        known.put(value, new WeakReference<>(value));
        return value;
    }
}
