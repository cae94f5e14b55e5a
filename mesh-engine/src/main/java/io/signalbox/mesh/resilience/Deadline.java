package io.signalbox.mesh.resilience;

import io.signalbox.mesh.time.Nanos;
import io.signalbox.mesh.time.Ticker;
import java.time.Duration;

/**
 * The moment at which time is up.
 *
 * @param ticker the clock it is read on
 * @param atNanos the moment, on that clock
 */
public record Deadline(Ticker ticker, long atNanos) {

    /** The moment that lies so far ahead; more than a century counts as a century and a half. */
    public static Deadline after(Duration duration, Ticker ticker) {
        return new Deadline(ticker, Nanos.ahead(ticker.nanos(), duration));
    }

    /** The time left, never less than zero. */
    public Duration remaining() {
        return Duration.ofNanos(remainingNanos());
    }

    /** The time left in nanoseconds, never less than zero. */
    public long remainingNanos() {
        return Math.max(0, atNanos - ticker.nanos());
    }

    public boolean expired() {
        return atNanos - ticker.nanos() <= 0;
    }

    /** The time left or the given time, whichever is shorter. */
    public Duration min(Duration other) {
        Duration left = remaining();
        return left.compareTo(other) < 0 ? left : other;
    }
}
