package io.signalbox.mesh.controlplane;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands the newest value to listeners, in order and one at a time; values that were overtaken may be left out.
 *
 * <p>Safe from any thread. Listeners are called outside the lock, on a thread that offers.
 */
final class Announcer<T> {

    private static final Logger log = LoggerFactory.getLogger(Announcer.class);

    private final List<Consumer<? super T>> listeners = new CopyOnWriteArrayList<>();
    private final Object lock = new Object();

    private final BiPredicate<? super T, ? super T> supersedes;

    @GuardedBy("lock")
    private @Nullable T newest;

    @GuardedBy("lock")
    private @Nullable T pending;

    @GuardedBy("lock")
    private boolean announcing;

    /** @param supersedes whether the first is newer than the second, after which it was offered */
    Announcer(BiPredicate<? super T, ? super T> supersedes) {
        this.supersedes = supersedes;
    }

    void offer(T value) {
        synchronized (lock) {
            T before = newest;
            if (before != null && !supersedes.test(value, before)) {
                return;
            }
            newest = value;
            pending = value;
            if (announcing) {
                return;
            }
            announcing = true;
        }
        for (T next = take(); next != null; next = take()) {
            for (Consumer<? super T> listener : listeners) {
                tell(listener, next);
            }
        }
    }

    /** Calls the listener for each value from now on; run the answer to stop. */
    Runnable listen(Consumer<? super T> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    private @Nullable T take() {
        synchronized (lock) {
            T next = pending;
            pending = null;
            announcing = next != null;
            return next;
        }
    }

    private void tell(Consumer<? super T> listener, T value) {
        try {
            listener.accept(value);
        } catch (RuntimeException e) {
            log.error("A listener failed", e);
        }
    }
}
