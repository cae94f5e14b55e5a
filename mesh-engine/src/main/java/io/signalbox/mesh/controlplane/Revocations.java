package io.signalbox.mesh.controlplane;

import io.signalbox.mesh.client.AuditEntry;
import io.signalbox.mesh.client.RevokedIdentity;
import io.signalbox.mesh.client.json.Json;
import io.signalbox.mesh.model.ChangeNote;
import io.signalbox.mesh.model.Names;
import io.signalbox.mesh.model.UnknownNameException;
import io.signalbox.mesh.store.KeyRange;
import io.signalbox.mesh.store.Outcome;
import io.signalbox.mesh.store.Transaction;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;

/** The services whose identity is taken from them, until it is given back. Safe from any thread: one lock orders changes. */
public final class Revocations {

    private static final String KEYS = "revoked/";

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
        keeping.store()
                .range(KeyRange.prefix(KEYS))
                .forEach(entry -> revoked.put(
                        entry.key().substring(KEYS.length()),
                        new Held(Json.read(entry.value(), RevokedIdentity.class), entry.modified())));
    }

    /** In the order of their names. */
    public List<RevokedIdentity> list() {
        return revoked.values().stream().map(Held::identity).toList();
    }

    /** Signs nothing for a service any more; one that is revoked already stays as it is. */
    public RevokedIdentity revoke(String service, ChangeNote note) {
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
