package io.signalbox.mesh.controlplane;

import io.signalbox.mesh.client.AuditEntry;
import io.signalbox.mesh.client.RevokedIdentity;
import io.signalbox.mesh.client.json.Json;
import io.signalbox.mesh.model.ChangeNote;
import io.signalbox.mesh.model.Names;
import io.signalbox.mesh.model.UnknownNameException;
import io.signalbox.mesh.store.Following;
import io.signalbox.mesh.store.KeyRange;
import io.signalbox.mesh.store.Outcome;
import io.signalbox.mesh.store.Store;
import io.signalbox.mesh.store.StoreEntry;
import io.signalbox.mesh.store.Transaction;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;

/** The services whose identity is taken from them, until it is given back. Safe from any thread: one lock orders changes. */
public final class Revocations implements Following.Follower {

    static final String KEYS = "revoked/";

    private final Store store;
    private final AuditLog audit;
    private final InstantSource clock;
    private final Runnable changed;
    private final Object lock = new Object();

    /** Written under the lock, read without. */
    private final Map<String, Held> revoked = new ConcurrentSkipListMap<>();

    /** @param changed told after each change */
    Revocations(Keeping keeping, AuditLog audit, InstantSource clock, Runnable changed) {
        this.audit = audit;
        this.clock = clock;
        this.changed = changed;
        store = keeping.store();
        store.range(KeyRange.prefix(KEYS)).forEach(entry -> revoked.put(service(entry.key()), held(entry)));
    }

    /** Takes over what another control plane revoked. */
    @Override
    public void written(StoreEntry entry) {
        Held known = revoked.get(service(entry.key()));
        if (known == null || known.modified() < entry.modified()) {
            reload(entry.key());
        }
    }

    /** Takes over what another control plane gave back. */
    @Override
    public void deleted(String key, long revision) {
        reload(key);
    }

    @Override
    public void only(Set<String> keys, long revision) {
        revoked.keySet().stream()
                .map(service -> KEYS + service)
                .filter(key -> !keys.contains(key))
                .toList()
                .forEach(this::reload);
    }

    /** Takes over how it stands in the store now. */
    void reload(String key) {
        if (!key.startsWith(KEYS)) {
            return;
        }
        boolean moved;
        synchronized (lock) {
            boolean was = revoked.containsKey(service(key));
            Optional<StoreEntry> entry = store.get(key);
            entry.ifPresentOrElse(kept -> revoked.put(service(key), held(kept)), () -> revoked.remove(service(key)));
            moved = was != entry.isPresent();
        }
        if (moved) {
            changed.run();
        }
    }

    private static Held held(StoreEntry entry) {
        return new Held(StoredJson.read(entry, RevokedIdentity.class), entry.modified());
    }

    private static String service(String key) {
        return key.substring(KEYS.length());
    }

    /** In the order of their names. */
    public List<RevokedIdentity> list() {
        return revoked.values().stream().map(Held::identity).toList();
    }

    /** Signs nothing for a service any more; one that is revoked already stays as it is. */
    public RevokedIdentity revoke(String service, ChangeNote note) {
        return Again.whenChanged(() -> revokeNow(service, note), this::reload);
    }

    private RevokedIdentity revokeNow(String service, ChangeNote note) {
        Names.service("service", service);
        RevokedIdentity made = new RevokedIdentity(service, clock.instant(), note.by(), note.reason());
        synchronized (lock) {
            Held held = revoked.get(service);
            if (held != null) {
                return held.identity();
            }
            long revision = write(
                    AuditLog.Change.of(AuditEntry.Kind.IDENTITY, service, "may have certificates", "revoked"),
                    note,
                    Transaction.EMPTY.when(KEYS + service, 0).put(KEYS + service, Json.text(made)));
            revoked.put(service, new Held(made, revision));
        }
        changed.run();
        return made;
    }

    /** Signs for the service again. */
    public RevokedIdentity restore(String service, ChangeNote note) {
        return Again.whenChanged(() -> restoreNow(service, note), this::reload);
    }

    private RevokedIdentity restoreNow(String service, ChangeNote note) {
        Held held;
        synchronized (lock) {
            held = revoked.get(service);
            if (held == null) {
                throw new UnknownNameException("revoked identity", service, revoked.keySet());
            }
            long _ = write(
                    AuditLog.Change.of(AuditEntry.Kind.IDENTITY, service, "revoked", "may have certificates"),
                    note,
                    Transaction.EMPTY.when(KEYS + service, held.modified()).delete(KEYS + service));
            revoked.remove(service);
        }
        changed.run();
        return held.identity();
    }

    boolean contains(String service) {
        return revoked.containsKey(service);
    }

    /** What is written only as long as the service may have certificates. */
    static Transaction unless(String service) {
        return Transaction.EMPTY.when(KEYS + service, 0);
    }

    Set<String> names() {
        return Set.copyOf(revoked.keySet());
    }

    private long write(AuditLog.Change change, ChangeNote note, Transaction transaction) {
        return switch (audit.commit(change, note, clock.instant(), transaction)) {
            case Outcome.Committed(long revision) -> revision;
            case Outcome.Refused refused -> throw refused.asChangedByAnother();
        };
    }

    private record Held(RevokedIdentity identity, long modified) {}
}
