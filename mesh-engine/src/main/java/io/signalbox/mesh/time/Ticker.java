package io.signalbox.mesh.time;

/**
 * A source of monotonic time in nanoseconds, for measuring what has passed.
 *
 * <p>The origin is arbitrary: only differences mean something. Wall-clock time comes from
 * {@link java.time.InstantSource}.
 */
@FunctionalInterface
public interface Ticker {

    long nanos();

    static Ticker system() {
        return System::nanoTime;
    }
}
