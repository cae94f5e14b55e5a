package io.signalbox.mesh.proxy.http2;

/**
 * How much of what costs a peer nothing and us work is borne: resets, pings, settings, empty frames. A store that fills
 * again with time.
 */
final class Patience {

    private static final int MOST = 4_000;
    private static final int PER_SECOND = 1_000;
    private static final long NANOS = 1_000_000_000L;

    private long left = MOST;
    private long since;

    Patience(long nowNanos) {
        since = nowNanos;
    }

    /** Takes one; whether there was one. */
    boolean bears(long nowNanos) {
        long seconds = (nowNanos - since) / NANOS;
        if (seconds > 0) {
            left = Math.min(MOST, left + seconds * PER_SECOND);
            since += seconds * NANOS;
        }
        return --left >= 0;
    }
}
