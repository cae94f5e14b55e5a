package io.signalbox.mesh.client.remote;

import io.signalbox.mesh.model.InvalidValueException;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Where the control planes of a mesh are, and which of them is called: the first, until it cannot be reached, then the
 * next, and so on around. Safe from any thread.
 */
final class Addresses {

    private final List<URI> all;
    private final AtomicInteger current = new AtomicInteger();
    private final Set<Runnable> listeners = ConcurrentHashMap.newKeySet();

    Addresses(List<URI> all) {
        InvalidValueException.unless(!all.isEmpty(), "addresses", "none", "at least one");
        this.all = List.copyOf(all);
    }

    static Addresses of(URI only) {
        return new Addresses(List.of(only));
    }

    int count() {
        return all.size();
    }

    URI now() {
        return all.get(current.get());
    }

    /** Calls the next one from now on, unless somebody has seen to that already. */
    void moveOn(URI from) {
        int at = current.get();
        if (count() > 1 && all.get(at).equals(from) && current.compareAndSet(at, (at + 1) % count())) {
            listeners.forEach(Runnable::run);
        }
    }

    /** Tells whenever another one is called from then on, until the answer is run. */
    Runnable listen(Runnable moved) {
        listeners.add(moved);
        return () -> listeners.remove(moved);
    }
}
