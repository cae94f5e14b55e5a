package io.signalbox.mesh.registry;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls listeners in the order in which news was added, one call at a time.
 *
 * <p>News is added under the registry's lock and delivered outside it, by whichever thread comes first; a thread that
 * finds another delivering leaves its news to that one.
 */
final class Announcer {

    private static final Logger log = LoggerFactory.getLogger(Announcer.class);

    private final List<RegistryListener> listeners = new CopyOnWriteArrayList<>();
    private final Queue<Consumer<RegistryListener>> news = new ConcurrentLinkedQueue<>();
    private final AtomicInteger wanted = new AtomicInteger();

    Runnable listen(RegistryListener listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    void add(Consumer<RegistryListener> item) {
        news.add(item);
    }

    void deliver() {
        if (wanted.getAndIncrement() != 0) {
            return;
        }
        int served = 1;
        while (served != 0) {
            for (Consumer<RegistryListener> item = news.poll(); item != null; item = news.poll()) {
                tell(item);
            }
            served = wanted.addAndGet(-served);
        }
    }

    private void tell(Consumer<RegistryListener> item) {
        for (RegistryListener listener : listeners) {
            try {
                item.accept(listener);
            } catch (RuntimeException e) {
                log.error("A listener of the registry failed", e);
            }
        }
    }
}
