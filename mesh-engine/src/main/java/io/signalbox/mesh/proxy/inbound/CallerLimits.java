package io.signalbox.mesh.proxy.inbound;

import io.signalbox.mesh.model.RateLimit;
import io.signalbox.mesh.resilience.TokenBucket;
import io.signalbox.mesh.time.Ticker;
import io.signalbox.mesh.tls.SpiffeId;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What one instance takes of each caller: a bucket for each identity that a certificate proved, and one for all callers that
 * prove none. Safe to use from any thread.
 *
 * <p>At most {@value #MOST} identities are kept apart, and one more for each thread. A further one gets the place of one
 * whose bucket is full again, which loses nothing; while there is none, all further ones share one bucket.
 */
final class CallerLimits {

    /** The name of all callers that prove no identity. */
    static final String UNPROVEN = "unproven";

    /** The name of all callers beyond {@link #MOST}. */
    static final String OTHER = "other";

    static final int MOST = 1_024;

    private static final long SWEEP_NANOS = Duration.ofSeconds(1).toNanos();

    /** Of one caller's refusals so many are written down one by one: a flood must not push all else out. */
    private static final RateLimit NOTED = new RateLimit(10, Duration.ofSeconds(1), 10);

    private final RateLimit limit;
    private final Ticker ticker;
    private final Map<String, Caller> callers = new ConcurrentHashMap<>();
    private final Caller unproven;
    private final Caller others;
    private final AtomicLong sweepAt;

    CallerLimits(RateLimit limit, Ticker ticker) {
        this.limit = limit;
        this.ticker = ticker;
        unproven = caller(UNPROVEN);
        others = caller(OTHER);
        sweepAt = new AtomicLong(ticker.nanos());
    }

    /**
     * One caller, or several that share what they may send.
     *
     * @param name the service that it proves to be; its identity if that names none
     * @param requests those that are taken of it
     * @param notes those refusals that are written down one by one
     */
    record Caller(String name, TokenBucket requests, TokenBucket notes) {}

    /** Those under the wanted limit; buckets go on while it is the same, and begin full under another. */
    static @Nullable CallerLimits under(@Nullable RateLimit wanted, @Nullable CallerLimits before, Ticker ticker) {
        if (wanted == null) {
            return null;
        }
        return before != null && before.limit.equals(wanted) ? before : new CallerLimits(wanted, ticker);
    }

    /** @param identity which the caller's certificate proved; {@code null} for none */
    Caller of(@Nullable String identity) {
        if (identity == null) {
            return unproven;
        }
        Caller known = callers.get(identity);
        return known != null ? known : added(identity);
    }

    private Caller added(String identity) {
        if (callers.size() >= MOST) {
            forgetIdle();
        }
        return callers.size() < MOST
                ? callers.computeIfAbsent(
                        identity, id -> caller(SpiffeId.parse(id).service().orElse(id)))
                : others;
    }

    /** Whoever looked one up just before takes of it all the same: a token more than the limit, at worst. */
    private void forgetIdle() {
        long now = ticker.nanos();
        long due = sweepAt.get();
        if (now - due >= 0 && sweepAt.compareAndSet(due, now + SWEEP_NANOS)) {
            callers.values().removeIf(caller -> caller.requests().isFull());
        }
    }

    private Caller caller(String name) {
        return new Caller(name, new TokenBucket(limit, ticker), new TokenBucket(NOTED, ticker));
    }
}
