package io.signalbox.mesh.balance;

import io.signalbox.mesh.model.Endpoint;
import io.signalbox.mesh.time.Ticker;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * When each endpoint of one service joined, as one sidecar saw it.
 *
 * <p>Those of the first list were there before the sidecar knew of them, so they have no time of joining. One that left
 * and comes back joins again. Read by any thread, written by one at a time.
 */
public final class Arrivals {

    private final Ticker ticker;
    private volatile @Nullable State state;

    public Arrivals(Ticker ticker) {
        this.ticker = ticker;
    }

    /** @param joined by instance; {@code null} for one that has always been there */
    private record State(Map<String, @Nullable Long> joined, long newest, boolean any) {}

    /** Takes note of who has come and who has gone. */
    public void follow(List<Endpoint> endpoints) {
        State before = state;
        long now = ticker.nanos();
        Map<String, @Nullable Long> joined = new HashMap<>();
        boolean any = before != null && before.any;
        long newest = before == null ? 0 : before.newest;
        for (Endpoint endpoint : endpoints) {
            String id = endpoint.instanceId();
            boolean known = before == null || before.joined.containsKey(id);
            joined.put(id, known ? before == null ? null : before.joined.get(id) : (Long) now);
            if (!known) {
                any = true;
                newest = now;
            }
        }
        state = new State(joined, newest, any);
    }

    /** Whether somebody joined less than so long ago. */
    boolean within(long nanos) {
        State seen = state;
        return seen != null && seen.any && ticker.nanos() - seen.newest < nanos;
    }

    /** How long ago the endpoint joined; the longest there is for one that has always been there. */
    long ageNanos(Endpoint endpoint) {
        State seen = state;
        Long at = seen == null ? null : seen.joined.get(endpoint.instanceId());
        return at == null ? Long.MAX_VALUE : Math.max(0, ticker.nanos() - at);
    }
}
