package io.signalbox.mesh.controlplane;

import io.signalbox.mesh.client.ControlPlaneInfo;
import io.signalbox.mesh.client.ControlPlaneInfo.Role;
import io.signalbox.mesh.client.json.Json;
import io.signalbox.mesh.store.CutOffException;
import io.signalbox.mesh.store.Following;
import io.signalbox.mesh.store.Outcome;
import io.signalbox.mesh.store.Store;
import io.signalbox.mesh.store.StoreEntry;
import io.signalbox.mesh.store.StoreException;
import io.signalbox.mesh.store.Transaction;
import io.signalbox.mesh.store.UnknownLeaseException;
import io.signalbox.mesh.time.Scheduler;
import io.signalbox.mesh.time.Ticker;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A control plane among those that share its store: its sign of life, and the lead while it has it.
 *
 * <p>Both are keys that hang on one lease. Whoever writes the key of the lead first leads until the lease ends: its own
 * clock tells it when it can no longer be sure, and the revision of that key, on which its writes are conditional, keeps
 * one that slept through the end from writing. Safe from any thread; one of its own talks to the store.
 */
public final class Replica implements Leadership, AutoCloseable {

    /** How long one that died is taken for alive at least, and for the leader if it led. */
    public static final Duration LEASE = Duration.ofSeconds(5);

    static final String LEADER = "leader/key";
    private static final String LEADERS = "leader/";
    private static final String MEMBERS = "member/";
    private static final Duration BEAT = Duration.ofMillis(1_250);
    private static final Logger log = LoggerFactory.getLogger(Replica.class);

    private final Store store;
    private final Transaction unrestored;
    private final CompletableFuture<StoreException> restored = new CompletableFuture<>();
    private final String id;
    private final Scheduler scheduler;
    private final Ticker ticker;
    private final Instant since;
    private final Map<String, Member> members = new ConcurrentSkipListMap<>();
    private final List<AutoCloseable> open = new ArrayList<>();

    /** What is known of the lead; {@code null} while nobody has it. */
    private volatile @Nullable Lead leads;

    private volatile Alive alive = Alive.NOT;
    private volatile URI url = URI.create("");
    private volatile boolean begun;
    private volatile boolean closed;

    /**
     * @param unrestored the conditions on which it shows itself: what it has read is what the store holds
     * @param id tells it from the others, and from itself before its last start
     * @param scheduler for what may wait for the store
     */
    public Replica(
            Store store, Transaction unrestored, String id, Scheduler scheduler, Ticker ticker, InstantSource clock) {
        this.store = store;
        this.unrestored = unrestored;
        this.id = id;
        this.scheduler = scheduler;
        this.ticker = ticker;
        this.since = clock.instant();
    }

    /** A name that no other has. */
    public static String newId(RandomGenerator random) {
        return HexFormat.of().toHexDigits(random.nextLong());
    }

    /** What the others see. */
    record Member(URI url, Instant since) {}

    private record Lead(String id, long modified) {}

    /**
     * @param untilNanos when the lease may have ended, by the ticker
     * @param fence the revision that wrote the lead; empty for one that does not lead
     */
    private record Alive(long lease, long untilNanos, OptionalLong fence) {
        static final Alive NOT = new Alive(0, Long.MIN_VALUE, OptionalLong.empty());
    }

    /**
     * Shows itself to the others, and stands for the lead, from now on.
     *
     * @throws StoreException when a backup was restored into the store since its conditions were read
     */
    public void start(URI address) {
        url = address;
        open.add(Following.start(store, MEMBERS, new Members()));
        open.add(Following.start(store, LEADERS, new Leaders()));
        Scheduler.Cancellable beating = scheduler.scheduleEvery(BEAT, this::beat);
        open.add(beating::cancel);
        beat();
        if (restored.isDone()) {
            throw restored.join();
        }
        begun = true;
    }

    /** Has why, when a backup was restored into the store since: it shows itself no more, and is to end. */
    public CompletableFuture<StoreException> restored() {
        return restored.copy();
    }

    @Override
    public Optional<Transaction> fence() {
        Alive now = alive;
        return now.fence().isPresent() && isGood(now)
                ? Optional.of(Transaction.EMPTY.when(LEADER, now.fence().getAsLong()))
                : Optional.empty();
    }

    String id() {
        return id;
    }

    Scheduler scheduler() {
        return scheduler;
    }

    /** Whether another one gives signs of life, or gave one a lease ago at most. */
    boolean isAlive(String other) {
        return other.equals(id) || members.containsKey(other);
    }

    /** The URLs of the others that are alive, by their ids. */
    Map<String, String> others() {
        Map<String, String> others = new TreeMap<>();
        members.forEach((member, what) -> others.put(member, what.url().toString()));
        others.remove(id);
        return others;
    }

    /** Writes what goes when this one goes. */
    void write(String key, String text) {
        boolean _ = write(Transaction.EMPTY, key, text);
    }

    /**
     * Writes what goes when this one goes, as long as that other entry is what it was.
     *
     * @return whether it was
     */
    boolean writeBeside(StoreEntry other, String key, String text) {
        return write(Transaction.EMPTY.when(other.key(), other.modified()), key, text);
    }

    private boolean write(Transaction conditions, String key, String text) {
        long lease = alive.lease();
        if (lease == 0) {
            throw new StoreException("store: no lease of this control plane (expected: a store that answers it)");
        }
        try {
            return store.commit(conditions.put(key, text, lease)) instanceof Outcome.Committed;
        } catch (UnknownLeaseException e) {
            throw new StoreException("store: the lease of this control plane has ended (expected: one that holds)", e);
        }
    }

    /** Whether the store took a sign of life of this one within a lease. */
    boolean isHeard() {
        return isGood(alive);
    }

    /** Whether it has shown itself, and the store has taken no sign of life of it for a lease. */
    public boolean isCutOff() {
        return begun && !closed && !isHeard();
    }

    /** @throws CutOffException when it is */
    void requireHeard() {
        if (isCutOff()) {
            throw new CutOffException("store: etcd: no answer to this control plane for " + LEASE.toSeconds()
                    + " s or longer (expected: one; another control plane may have one)");
        }
    }

    public Role role() {
        return !isHeard() ? Role.CUT_OFF : fence().isPresent() ? Role.LEADS : Role.FOLLOWS;
    }

    /** This one and the others, in order of their ids. */
    public List<ControlPlaneInfo> list() {
        Map<String, Member> all = new ConcurrentSkipListMap<>(members);
        all.put(id, new Member(url, since));
        Lead lead = leads;
        return all.entrySet().stream()
                .map(entry -> new ControlPlaneInfo(
                        entry.getKey(),
                        entry.getValue().url(),
                        entry.getValue().since(),
                        entry.getKey().equals(id)
                                ? role()
                                : lead != null && lead.id().equals(entry.getKey()) ? Role.LEADS : Role.FOLLOWS,
                        entry.getKey().equals(id)))
                .toList();
    }

    /** Gives the lead back, so that another takes it at once. */
    @Override
    public void close() {
        closed = true;
        for (AutoCloseable one : open.reversed()) {
            try {
                one.close();
            } catch (Exception e) {
                log.warn("A control plane did not take leave of the others", e);
            }
        }
        Alive last = alive;
        alive = Alive.NOT;
        if (last.lease() != 0) {
            try {
                store.revoke(last.lease());
            } catch (StoreException e) {
                log.debug("The lease ends by itself", e);
            }
        }
    }

    /** Renews the lease, and takes the lead if nobody has it. */
    synchronized void beat() {
        if (closed || restored.isDone()) {
            return;
        }
        long asked = ticker.nanos();
        try {
            renew(asked);
            if (alive.lease() != 0 && alive.fence().isEmpty() && leads == null) {
                stand();
            }
        } catch (UnknownLeaseException e) {
            lost("its lease has ended");
        } catch (StoreException e) {
            if (alive.fence().isPresent() && !isHeard()) {
                lost(String.valueOf(e.getMessage()));
            }
        }
    }

    private void renew(long asked) {
        Alive before = alive;
        if (before.lease() == 0) {
            long lease = store.grant(LEASE);
            String self = Json.text(new Member(url, since));
            switch (store.commit(unrestored.put(MEMBERS + id, self, lease))) {
                case Outcome.Committed _ -> alive = new Alive(lease, asked + LEASE.toNanos(), OptionalLong.empty());
                case Outcome.Refused refused -> {
                    var _ = restored.complete(
                            new StoreException("store: " + refused.failed().key()
                                    + " was written since this control plane read it (expected: no backup restored"
                                    + " under a control plane; start it again)"));
                    store.revoke(lease);
                }
            }
        } else {
            store.keepAlive(before.lease());
            alive = new Alive(before.lease(), asked + LEASE.toNanos(), before.fence());
        }
    }

    private void stand() {
        Alive now = alive;
        switch (store.commit(Transaction.EMPTY.when(LEADER, 0).put(LEADER, id, now.lease()))) {
            case Outcome.Committed(long revision) -> {
                alive = new Alive(now.lease(), now.untilNanos(), OptionalLong.of(revision));
                leads = new Lead(id, revision);
                log.info("This control plane leads");
            }
            case Outcome.Refused refused -> refused.current().ifPresent(this::leads);
        }
    }

    /** Takes over who leads: this one too, when it was not answered that it does. */
    private synchronized void leads(StoreEntry entry) {
        Lead known = leads;
        if (known != null && known.modified() > entry.modified()) {
            return;
        }
        leads = new Lead(entry.value(), entry.modified());
        Alive now = alive;
        boolean own = entry.value().equals(id) && entry.lease().equals(OptionalLong.of(now.lease()));
        OptionalLong fence = own ? OptionalLong.of(entry.modified()) : OptionalLong.empty();
        if (!fence.equals(now.fence())) {
            if (own) {
                log.info("This control plane leads");
            } else {
                log.warn("This control plane leads no more: {} does", entry.value());
            }
            alive = new Alive(now.lease(), now.untilNanos(), fence);
        }
    }

    private void lost(String why) {
        if (alive.fence().isPresent()) {
            log.warn("This control plane leads no more: {}", why);
        }
        alive = Alive.NOT;
    }

    private boolean isGood(Alive now) {
        return now.lease() != 0 && now.untilNanos() - ticker.nanos() > 0;
    }

    private final class Members implements Following.Follower {

        @Override
        public void written(StoreEntry entry) {
            members.put(entry.key().substring(MEMBERS.length()), StoredJson.read(entry, Member.class));
        }

        @Override
        public void deleted(String key, long revision) {
            members.remove(key.substring(MEMBERS.length()));
        }

        @Override
        public void only(Set<String> keys, long revision) {
            members.keySet().removeIf(member -> !keys.contains(MEMBERS + member));
        }
    }

    /** Stands for the lead as soon as it is free. */
    private final class Leaders implements Following.Follower {

        @Override
        public void written(StoreEntry entry) {
            leads(entry);
        }

        @Override
        public void deleted(String key, long revision) {
            Lead known = leads;
            if (known != null && known.modified() < revision) {
                free();
            }
        }

        @Override
        public void only(Set<String> keys, long revision) {
            Lead known = leads;
            if (keys.isEmpty() && known != null && known.modified() <= revision) {
                free();
            }
        }

        private void free() {
            synchronized (Replica.this) {
                leads = null;
                alive = new Alive(alive.lease(), alive.untilNanos(), OptionalLong.empty());
                beat();
            }
        }
    }
}
