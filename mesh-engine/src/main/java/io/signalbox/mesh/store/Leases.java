package io.signalbox.mesh.store;

import io.signalbox.mesh.time.Ticker;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** When each lease was granted or renewed last. Guarded by its owner. */
final class Leases {

    private final Ticker ticker;
    private final Map<Long, Lease> leases = new HashMap<>();

    Leases(Ticker ticker) {
        this.ticker = ticker;
    }

    /** Its time begins now. */
    void hold(long id, Duration timeToLive) {
        leases.put(id, new Lease(timeToLive, ticker.nanos()));
    }

    void renew(long id) {
        hold(id, require(id).timeToLive());
    }

    void drop(long id) {
        leases.remove(id);
    }

    /** @throws UnknownLeaseException when it has run out, or there is none */
    Lease require(long id) {
        Lease held = leases.get(id);
        if (held == null || held.over(ticker.nanos())) {
            throw new UnknownLeaseException(id);
        }
        return held;
    }

    /** Those that have run out. */
    List<Long> over() {
        long now = ticker.nanos();
        return leases.entrySet().stream()
                .filter(lease -> lease.getValue().over(now))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** @param sinceNanos when it was granted or renewed */
    record Lease(Duration timeToLive, long sinceNanos) {

        boolean over(long nowNanos) {
            return nowNanos - sinceNanos > timeToLive.toNanos();
        }
    }
}
