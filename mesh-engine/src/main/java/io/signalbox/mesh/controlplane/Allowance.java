package io.signalbox.mesh.controlplane;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.signalbox.mesh.model.RateLimit;
import io.signalbox.mesh.resilience.TokenBucket;
import io.signalbox.mesh.time.Ticker;
import java.time.Duration;

/**
 * How much one sidecar may tell: twice of what a sidecar that keeps to its own bounds does. Safe from any thread.
 */
final class Allowance {

    private static final int SECONDS_AT_ONCE = 2;

    private final TokenBucket requests;
    private final TokenBucket spans;
    private final TokenBucket moves;

    @GuardedBy("this")
    private long lastMove;

    Allowance(Ticker ticker) {
        requests = bucket(200, ticker);
        spans = bucket(256, ticker);
        moves = bucket(256, ticker);
    }

    boolean request() {
        return requests.tryTake() == 0;
    }

    boolean span() {
        return spans.tryTake() == 0;
    }

    boolean move() {
        return moves.tryTake() == 0;
    }

    /** Whether a move of that number was not told on this stream yet, where the sidecar says no run ({@link HeardMoves}). */
    synchronized boolean isNews(long number) {
        boolean news = number > lastMove;
        lastMove = Math.max(lastMove, number);
        return news;
    }

    private static TokenBucket bucket(int perSecond, Ticker ticker) {
        return new TokenBucket(new RateLimit(perSecond, Duration.ofSeconds(1), SECONDS_AT_ONCE * perSecond), ticker);
    }
}
