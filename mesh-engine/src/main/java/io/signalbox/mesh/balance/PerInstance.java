package io.signalbox.mesh.balance;

import io.signalbox.mesh.model.Endpoint;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;

/** What a balancer remembers of each endpoint. Safe to use from any thread. */
final class PerInstance<T> {

    /** Beyond this many it starts over, so that churn cannot fill the memory. */
    private static final int MOST = 4096;

    private final ConcurrentMap<String, T> known = new ConcurrentHashMap<>();
    private final Supplier<T> fresh;

    PerInstance(Supplier<T> fresh) {
        this.fresh = fresh;
    }

    T of(Endpoint endpoint) {
        T before = known.get(endpoint.instanceId());
        return before != null ? before : remember(endpoint);
    }

    private T remember(Endpoint endpoint) {
        if (known.size() >= MOST) {
            known.clear();
        }
        return known.computeIfAbsent(endpoint.instanceId(), _ -> fresh.get());
    }

    /** Forgets all others. */
    void keep(List<Endpoint> endpoints) {
        Set<String> there = new HashSet<>();
        endpoints.forEach(endpoint -> there.add(endpoint.instanceId()));
        known.keySet().retainAll(there);
    }

    int size() {
        return known.size();
    }
}
