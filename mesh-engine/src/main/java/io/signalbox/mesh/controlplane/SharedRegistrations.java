package io.signalbox.mesh.controlplane;

import io.signalbox.mesh.client.json.Json;
import io.signalbox.mesh.controlplane.SharedInstance.Name;
import io.signalbox.mesh.controlplane.SharedInstances.Known;
import io.signalbox.mesh.event.MeshEvent.Drain;
import io.signalbox.mesh.model.ChangeNote;
import io.signalbox.mesh.model.ServiceInstance;
import io.signalbox.mesh.registry.ServiceRegistry;
import io.signalbox.mesh.store.Outcome;
import io.signalbox.mesh.store.Store;
import io.signalbox.mesh.store.StoreEntry;
import io.signalbox.mesh.store.StoreException;
import io.signalbox.mesh.store.Transaction;
import io.signalbox.mesh.time.Ticker;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Registrations that several control planes share: each instance has a holder, the control plane that hears its heartbeats
 * and alone can tell that they have stopped. A heartbeat that comes to another one makes that the holder; only this and what
 * changes of an instance is written. Safe from any thread.
 *
 * <p>One that is cut off from the store refuses what it hears, so that it is told to others; it remembers that it heard
 * it, and writes those again which others forgot meanwhile. An instance whose holder is gone is nobody's: it is taken over with its next heartbeat, and the leader forgets it when
 * none came for the time to live.
 */
final class SharedRegistrations implements Registrations {

    private static final Logger log = LoggerFactory.getLogger(SharedRegistrations.class);

    /** Who looks each second and has not looked for so long did not hear heartbeats either. */
    private static final Duration SLEPT = Duration.ofSeconds(5);

    /** How long it is told of instances that they were deregistered. */
    private static final Duration LEFT_KEPT = Duration.ofHours(1);

    /** Someone is not taken over again and again whose heartbeats go to several control planes by turns. */
    private static final int TAKEN_OVER_A_LIFE = 3;

    private final Store store;
    private final Replica replica;
    private final SharedInstances instances;
    private final ServiceRegistry registry;
    private final Ticker ticker;
    private final InstantSource clock;

    private static final int MOST_WRITES = 200;

    /** A look ends then, whatever is left to be done: others wait for its thread. */
    private static final Duration LONGEST = Duration.ofMillis(500);

    /** Of the sweep's thread: since when those are waited for whose holders are gone. */
    private final Map<Name, Long> orphans = new HashMap<>();

    private OptionalLong sweptNanos = OptionalLong.empty();

    SharedRegistrations(
            Store store,
            Replica replica,
            SharedInstances instances,
            ServiceRegistry registry,
            Ticker ticker,
            InstantSource clock) {
        this.store = store;
        this.replica = replica;
        this.instances = instances;
        this.registry = registry;
        this.ticker = ticker;
        this.clock = clock;
    }

    @Override
    public ServiceInstance register(ServiceInstance told) {
        replica.requireHeard();
        Name name = new Name(told.serviceName(), told.instanceId());
        change(name, there -> {
            SharedInstance next = there.filter(one -> !one.left())
                    .map(one -> one.again(told, replica.id()))
                    .orElseGet(() -> SharedInstance.first(told, clock.instant(), replica.id()));
            return there.filter(next::equals).isPresent() ? Optional.empty() : Optional.of(next);
        });
        instances.heard(name);
        registry.heartbeat(told.serviceName(), told.instanceId());
        return registry.instances(told.serviceName()).stream()
                .filter(held -> held.instanceId().equals(told.instanceId()))
                .findFirst()
                .orElse(told);
    }

    @Override
    public void heartbeat(String service, Optional<String> instance) {
        instance.ifPresentOrElse(id -> registry.heartbeat(service, id), () -> registry.heartbeat(service));
        for (Known one : named(service, instance)) {
            instances.heard(one.name());
        }
        // it was heard, but whoever can tell the others must hear it, too
        replica.requireHeard();
    }

    @Override
    public void deregister(String service, Optional<String> instance) {
        List<Known> leaving = named(service, instance);
        if (leaving.isEmpty()) {
            // refused in the same words as in any mesh
            instance.ifPresentOrElse(id -> registry.deregister(service, id), () -> registry.deregister(service));
        }
        for (Known one : leaving) {
            change(one.name(), there -> there.filter(held -> !held.left()).map(SharedInstance::gone));
        }
    }

    @Override
    public void drain(String service, String instance, Drain drain, ChangeNote note) {
        if (named(service, Optional.of(instance)).isEmpty()) {
            registry.drain(service, instance, drain, note);
        }
        change(
                new Name(service, instance),
                there -> there.filter(held -> !held.left() && held.drain() != drain)
                        .map(held -> held.drained(drain, note)));
    }

    /** Looks, each second, whose time is over. */
    void sweep() {
        long now = ticker.nanos();
        if (sweptNanos.isPresent() && now - sweptNanos.getAsLong() > SLEPT.toNanos()) {
            instances.waitAnew(replica.id());
            orphans.clear();
        }
        sweptNanos = OptionalLong.of(now);
        try {
            int written = 0;
            for (Known one : instances.all()) {
                written += look(one, now) ? 1 : 0;
                if (written == MOST_WRITES || ticker.nanos() - now > LONGEST.toNanos()) {
                    return; // the others in a second
                }
            }
            orphans.keySet().removeIf(name -> instances.of(name).isEmpty());
        } catch (StoreException e) {
            log.debug("Whose time is over is found out at the next look", e);
        }
    }

    /** Answers whether anything was to be written. */
    private boolean look(Known one, long now) {
        String holder = one.instance().holder();
        boolean orphan = !replica.isAlive(holder);
        if (!orphan) {
            orphans.remove(one.name());
        }
        if (one.instance().left()) {
            return now - one.learntNanos() > LEFT_KEPT.toNanos() && forgotten(one, replica.fence());
        }
        if (one.modified() == 0) {
            change(one.name(), there -> there);
            return true;
        }
        if (holder.equals(replica.id())) {
            return now - one.heardNanos() > lifetime() && forgotten(one, Optional.of(Transaction.EMPTY));
        }
        if (one.heardNanos() > one.learntNanos() && isToBeTakenOver(one)) {
            takeOver(one.name());
            return true;
        }
        return orphan
                && now - orphans.computeIfAbsent(one.name(), _ -> now) > lifetime()
                && forgotten(one, replica.fence());
    }

    private boolean isToBeTakenOver(Known one) {
        String holder = one.instance().holder();
        return !holder.equals(replica.id())
                && (!replica.isAlive(holder) || ticker.nanos() - one.learntNanos() > lifetime() / TAKEN_OVER_A_LIFE);
    }

    private void takeOver(Name name) {
        change(name, there -> there.filter(one -> !one.left()).map(one -> one.heldBy(replica.id())));
    }

    /**
     * Forgets one, unless anybody wrote of it since.
     *
     * @param fence on what that is conditional; empty for nobody who may
     */
    private boolean forgotten(Known one, Optional<Transaction> fence) {
        String key = one.name().key();
        fence.map(held -> store.commit(held.when(key, one.modified()).delete(key)))
                .ifPresent(outcome -> {
                    switch (outcome) {
                        case Outcome.Committed(long revision) -> instances.deleted(key, revision);
                        case Outcome.Refused _ -> reload(one.name());
                    }
                });
        return fence.isPresent();
    }

    private long lifetime() {
        return registry.timeToLive().toNanos();
    }

    private List<Known> named(String service, Optional<String> instance) {
        return instance.map(id -> instances.of(new Name(service, id)).stream()
                        .filter(one -> !one.instance().left())
                        .toList())
                .orElseGet(() -> instances.of(service));
    }

    /**
     * Writes what becomes of an instance.
     *
     * @param step given what the store holds, empty for nothing; answers what it is to hold, empty for no change
     */
    private void change(Name name, Function<Optional<SharedInstance>, Optional<SharedInstance>> step) {
        boolean _ = Again.whenChanged(() -> changeOnce(name, step), _ -> reload(name));
    }

    private boolean changeOnce(Name name, Function<Optional<SharedInstance>, Optional<SharedInstance>> step) {
        Optional<Known> known = instances.of(name);
        Optional<SharedInstance> next = step.apply(known.map(Known::instance));
        if (next.isEmpty()) {
            return false;
        }
        String text = Json.text(next.get());
        long modified = known.map(Known::modified).orElse(0L);
        Transaction write = Transaction.EMPTY.when(name.key(), modified).put(name.key(), text);
        return switch (store.commit(write)) {
            case Outcome.Committed(long revision) -> {
                instances.written(new StoreEntry(name.key(), text, revision, revision, OptionalLong.empty()));
                yield true;
            }
            case Outcome.Refused refused -> throw refused.asChangedByAnother();
        };
    }

    private void reload(Name name) {
        long before = store.revision();
        store.get(name.key()).ifPresentOrElse(instances::written, () -> instances.deleted(name.key(), before));
    }
}
