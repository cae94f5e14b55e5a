package io.signalbox.mesh.controlplane;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.signalbox.mesh.controlplane.SharedInstance.Name;
import io.signalbox.mesh.event.MeshEvent.Departure;
import io.signalbox.mesh.model.ServiceInstance;
import io.signalbox.mesh.registry.ServiceRegistry;
import io.signalbox.mesh.store.Following;
import io.signalbox.mesh.store.StoreEntry;
import io.signalbox.mesh.time.Ticker;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is known here of the instances that control planes share, and the registry that shows it. Safe from any thread: what
 * this one wrote and what it is told of others' writes come in any order, and revisions tell which is newer.
 */
final class SharedInstances implements Following.Follower {

    private static final int MOST_GONE = 10_000;

    /**
     * One of them.
     *
     * @param modified the store's revision of it; 0 when it is to be written again
     * @param learntNanos when it came to be known here that it is held, or left, as it is, by the ticker
     * @param heardNanos when it last gave a sign of life to this control plane, or began to be waited for
     */
    record Known(Name name, SharedInstance instance, long modified, long learntNanos, long heardNanos) {

        Known at(long revision) {
            return new Known(name, instance, revision, learntNanos, heardNanos);
        }

        Known heard(long nanos) {
            return new Known(name, instance, modified, learntNanos, nanos);
        }
    }

    private final ServiceRegistry registry;
    private final Departures departures;
    private final String self;
    private final Ticker ticker;

    @GuardedBy("this")
    private final Map<Name, Known> known = new HashMap<>();

    /** The revisions at which the newest went that are gone from the store. */
    @GuardedBy("this")
    private final Map<Name, Long> gone = new LinkedHashMap<>();

    /** @param self the holder that this control plane is */
    SharedInstances(ServiceRegistry registry, Departures departures, String self, Ticker ticker) {
        this.registry = registry;
        this.departures = departures;
        this.self = self;
        this.ticker = ticker;
    }

    synchronized Optional<Known> of(Name name) {
        return Optional.ofNullable(known.get(name));
    }

    /** Those that are there, of a service. */
    synchronized List<Known> of(String service) {
        return known.values().stream()
                .filter(one ->
                        one.name().service().equals(service) && !one.instance().left())
                .toList();
    }

    synchronized List<Known> all() {
        return List.copyOf(known.values());
    }

    /** It gave a sign of life here. */
    synchronized void heard(Name name) {
        known.computeIfPresent(name, (_, one) -> one.heard(ticker.nanos()));
    }

    /** Waits anew for those of a holder: nothing was heard of anybody for a while, which says nothing of them. */
    synchronized void waitAnew(String holder) {
        long now = ticker.nanos();
        known.replaceAll((_, one) -> one.instance().holder().equals(holder) ? one.heard(now) : one);
    }

    @Override
    public void written(StoreEntry entry) {
        written(entry, StoredJson.read(entry, SharedInstance.class));
    }

    private synchronized void written(StoreEntry entry, SharedInstance instance) {
        Name name = Name.of(entry.key());
        Known before = known.get(name);
        if (entry.modified() <= gone.getOrDefault(name, 0L)
                || (before != null && entry.modified() <= before.modified())) {
            return;
        }
        long learnt = ticker.nanos();
        long heard = learnt;
        if (before != null
                && before.instance().holder().equals(instance.holder())
                && before.instance().left() == instance.left()) {
            learnt = before.learntNanos();
            heard = before.heardNanos();
        }
        known.put(name, new Known(name, instance, entry.modified(), learnt, heard));
        show(name, instance);
    }

    @Override
    public synchronized void deleted(String key, long revision) {
        Name name = Name.of(key);
        gone.merge(name, revision, Math::max);
        if (gone.size() > MOST_GONE) {
            gone.remove(gone.keySet().iterator().next());
        }
        Known before = known.get(name);
        if (before != null && before.modified() < revision) {
            if (isHeardHere(before)) {
                known.put(name, before.at(0));
                return;
            }
            known.remove(name);
            if (!before.instance().left()) {
                leave(name, Departure.EXPIRED);
            }
        }
    }

    @Override
    public synchronized void only(Set<String> keys, long revision) {
        known.values().stream()
                .filter(one -> !keys.contains(one.name().key()) && one.modified() <= revision)
                .toList()
                .forEach(one -> deleted(one.name().key(), one.modified() + 1));
    }

    /** Whom others forgot while this control plane was cut off from them, and which gave signs of life to it meanwhile. */
    private boolean isHeardHere(Known one) {
        return !one.instance().left()
                && one.instance().holder().equals(self)
                && ticker.nanos() - one.heardNanos() <= registry.timeToLive().toNanos();
    }

    @GuardedBy("this")
    private void show(Name name, SharedInstance instance) {
        if (instance.left()) {
            if (isShown(name)) {
                leave(name, Departure.DEREGISTERED);
            } else {
                departures.left(name.service(), name.instance());
            }
            return;
        }
        ServiceInstance _ = registry.register(instance.of(name), instance.registeredAt());
        registry.drain(name.service(), name.instance(), instance.drain(), instance.note());
    }

    @GuardedBy("this")
    private void leave(Name name, Departure how) {
        if (isShown(name)) {
            registry.remove(name.service(), name.instance(), how);
        }
    }

    private boolean isShown(Name name) {
        return registry.drain(name.service(), name.instance()).isPresent();
    }
}
