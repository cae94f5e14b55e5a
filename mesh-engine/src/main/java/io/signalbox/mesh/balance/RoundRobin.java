package io.signalbox.mesh.balance;

import io.signalbox.mesh.model.Endpoint;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The candidate whose last turn is longest ago; those that never had one come first, in the order of the list.
 *
 * <p>On an unchanging list this is the plain rotation. A counter modulo the length of the list is not enough: lists
 * differ from pick to pick (another version, an endpoint tried before), and then the counter favours some positions
 * and starves others. Turns belong to endpoints instead. One that joins or comes back gets one turn soon and then its
 * share; it is not flooded to catch up.
 *
 * <p>Turns are numbers from one atomic counter. A thread that loses the race for an endpoint looks again, so that two
 * simultaneous picks never share a turn.
 */
final class RoundRobin implements Balancer {

    /** Beyond this many remembered endpoints the rotation starts over, so that churn cannot fill the memory. */
    private static final int MEMORY = 4096;

    private final AtomicLong turns = new AtomicLong();
    private final ConcurrentMap<String, AtomicLong> lastTurns = new ConcurrentHashMap<>();

    @Override
    public @Nullable Endpoint pick(List<Endpoint> candidates, InFlight inFlight, long key, PickListener listener) {
        if (candidates.isEmpty()) {
            return null;
        }
        while (true) {
            Endpoint next = candidates.getFirst();
            AtomicLong nextTurn = lastTurn(next);
            long seen = nextTurn.get();
            for (int i = 1; i < candidates.size() && seen > 0; i++) {
                Endpoint candidate = candidates.get(i);
                AtomicLong turn = lastTurn(candidate);
                long at = turn.get();
                if (at < seen) {
                    next = candidate;
                    nextTurn = turn;
                    seen = at;
                }
            }
            if (nextTurn.compareAndSet(seen, turns.incrementAndGet())) {
                listener.picked(PickedFor.TURN);
                return next;
            }
        }
    }

    int remembered() {
        return lastTurns.size();
    }

    private AtomicLong lastTurn(Endpoint endpoint) {
        AtomicLong turn = lastTurns.get(endpoint.instanceId());
        return turn != null ? turn : remember(endpoint);
    }

    private AtomicLong remember(Endpoint endpoint) {
        if (lastTurns.size() >= MEMORY) {
            lastTurns.clear();
        }
        return lastTurns.computeIfAbsent(endpoint.instanceId(), id -> new AtomicLong());
    }
}
