package io.signalbox.mesh.controlplane;

import io.signalbox.mesh.store.Following;
import io.signalbox.mesh.store.StoreEntry;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * Where the policies of a mesh stand; what is in the store already. Safe from any thread: one lock orders the changes, and
 * reading takes none.
 */
final class PolicyHistories implements Following.Follower {

    private final PolicyJournal journal;
    private final BiConsumer<PolicyRevision, PolicyRevision> followed;
    private final ConcurrentNavigableMap<String, PolicyHistory> histories;
    private final Object lock = new Object();

    /** @param followed told outside the lock what another control plane put in the place of what */
    PolicyHistories(PolicyJournal journal, BiConsumer<PolicyRevision, PolicyRevision> followed) {
        this.journal = journal;
        this.followed = followed;
        histories = new ConcurrentSkipListMap<>(journal.all());
    }

    /**
     * Changes a policy, one at a time; again, on how it stands then, when another control plane was first, and when what
     * the caller saw is not what is known here.
     *
     * @param change called under the lock
     */
    <T> T changing(String service, Supplier<T> change) {
        long seen = of(service).seen();
        try {
            return Again.whenChanged(() -> changingOnce(change), _ -> reload(service));
        } catch (StaleRevisionException e) {
            reload(service);
            if (of(service).seen() == seen) {
                throw e;
            }
            return Again.whenChanged(() -> changingOnce(change), _ -> reload(service));
        }
    }

    /** The same, where the caller knows what to do when another control plane was first. */
    <T> T changingOnce(Supplier<T> change) {
        synchronized (lock) {
            return change.get();
        }
    }

    /** Called under the lock. */
    void put(PolicyHistory kept) {
        histories.put(kept.current().service(), kept);
    }

    PolicyHistory of(String service) {
        return histories.getOrDefault(service, PolicyHistory.beginning(service));
    }

    boolean has(String service) {
        return histories.containsKey(service);
    }

    /** In order of service. */
    Map<String, PolicyHistory> all() {
        return histories;
    }

    Collection<PolicyHistory> each() {
        return histories.values();
    }

    /** Takes over what another control plane wrote, unless what is known is newer. */
    @Override
    public void written(StoreEntry head) {
        String service = PolicyJournal.service(head);
        if (of(service).seen() < head.modified()) {
            reload(service);
        }
    }

    /** Takes over how a policy stands in the store. */
    void reload(String service) {
        PolicyRevision before;
        Optional<PolicyHistory> now;
        synchronized (lock) {
            before = of(service).current();
            long seen = of(service).seen();
            now = journal.read(service).filter(read -> read.seen() > seen);
            now.ifPresent(this::put);
        }
        now.ifPresent(history -> followed.accept(before, history.current()));
    }
}
