package io.signalbox.mesh.controlplane;

import io.signalbox.mesh.registry.ServiceRegistry;
import io.signalbox.mesh.store.Following;
import io.signalbox.mesh.store.KeyRange;
import io.signalbox.mesh.store.Store;
import io.signalbox.mesh.time.Scheduler;
import io.signalbox.mesh.time.Ticker;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executor;

/** What a control plane takes over from the others that share its store. */
final class Sharing {

    private static final Duration SWEEP = Duration.ofSeconds(1);

    private final Store store;
    private final Replica replica;
    private final SharedInstances instances;
    private final SharedRegistrations registrations;
    private final SharedOrders orders;
    private final Beside sweep;

    /** @param executor does what waits for the store: the sign of life must not wait with it */
    Sharing(
            Store store,
            Replica replica,
            ServiceRegistry registry,
            Departures departures,
            Ticker ticker,
            InstantSource clock,
            Executor executor) {
        this.store = store;
        this.replica = replica;
        instances = new SharedInstances(registry, departures, replica.id(), ticker);
        orders = new SharedOrders(store, replica, clock);
        registrations = new SharedRegistrations(store, replica, instances, registry, ticker, clock);
        sweep = new Beside(executor, this::sweep);
    }

    private void sweep() {
        if (!replica.isCutOff()) {
            registrations.sweep();
            orders.clear();
        }
    }

    Registrations registrations() {
        return registrations;
    }

    Elsewhere elsewhere() {
        return orders;
    }

    /** Begins to; run the answer to stop. */
    Runnable follow(PolicyControl policies, RolloutControl rollouts, BreakerControl breakers) {
        // before anybody is served, who would be told that there is no instance
        store.range(KeyRange.prefix(SharedInstance.KEYS)).forEach(instances::written);
        List<Following> all = List.of(
                Following.start(store, PolicyJournal.HEADS, policies.follower()),
                Following.start(store, RolloutJournal.BOOKS, rollouts),
                Following.start(store, SharedInstance.KEYS, instances));
        Scheduler.Cancellable sweeping = replica.scheduler().scheduleEvery(SWEEP, sweep::ask);
        Runnable idle = orders.follow(breakers::obey);
        return () -> {
            idle.run();
            sweeping.cancel();
            all.forEach(Following::close);
        };
    }
}
