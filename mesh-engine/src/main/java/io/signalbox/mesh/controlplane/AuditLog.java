package io.signalbox.mesh.controlplane;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.signalbox.mesh.client.AuditEntry;
import io.signalbox.mesh.client.json.Json;
import io.signalbox.mesh.model.ChangeNote;
import io.signalbox.mesh.model.InvalidValueException;
import io.signalbox.mesh.store.KeyRange;
import io.signalbox.mesh.store.Outcome;
import io.signalbox.mesh.store.Store;
import io.signalbox.mesh.store.StoreEntry;
import io.signalbox.mesh.store.Transaction;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalLong;

/**
 * Who changed what, when and why: one entry for each change, kept in the store.
 *
 * <p>A policy and its entry are written as one. What happens outside the store, as a circuit that is forced, is written
 * down after it happened. Safe from any thread.
 */
public final class AuditLog {

    private static final String KEYS = "audit/";

    private final Store store;
    private final InstantSource clock;
    private final int kept;

    @GuardedBy("this")
    private long last;

    AuditLog(Keeping keeping, InstantSource clock) {
        this.store = keeping.store();
        this.clock = clock;
        this.kept = keeping.changes();
        last = newest();
    }

    private long newest() {
        return store.range(KeyRange.prefix(KEYS).last(1)).stream()
                .map(entry -> Long.parseLong(entry.key().substring(KEYS.length())))
                .findFirst()
                .orElse(0L);
    }

    /**
     * What was changed, and how.
     *
     * @param revision of the policy that comes into force, if one does
     */
    record Change(AuditEntry.Kind kind, String subject, OptionalLong revision, String text) {

        static Change of(AuditEntry.Kind kind, String subject, Object before, Object after) {
            return new Change(kind, subject, OptionalLong.empty(), "-" + before + "\n+" + after);
        }

        /** Something was done of which no state before is known. */
        static Change done(AuditEntry.Kind kind, String subject, Object what) {
            return new Change(kind, subject, OptionalLong.empty(), "+" + what);
        }
    }

    /** The newest entries, beginning with the newest, of those before a sequence. */
    public List<AuditEntry> newestFirst(long before, int limit) {
        return store.range(KeyRange.prefix(KEYS).last(limit).below(key(before))).stream()
                .map(AuditLog::read)
                .toList();
    }

    /**
     * Writes that a console which was read-only may change things for a while.
     *
     * @throws InvalidValueException when no reason is given
     */
    public void recordUnlock(ChangeNote note) {
        InvalidValueException.unless(!note.reason().isBlank(), "reason", "nothing", "why it has to be unlocked");
        record(Change.done(AuditEntry.Kind.UNLOCK, "console", "unlocked"), note);
    }

    void record(Change change, ChangeNote note) {
        Instant now = clock.instant();
        switch (commit(change, note, now, Transaction.EMPTY)) {
            case Outcome.Committed _ -> {}
            case Outcome.Refused refused -> throw refused.asChangedByAnother();
        }
    }

    /**
     * Writes the entry together with the transaction; neither when a condition of that does not hold. Where another
     * control plane wrote its own entry first, this one comes behind it.
     */
    synchronized Outcome commit(Change change, ChangeNote note, Instant at, Transaction together) {
        while (true) {
            String entry = key(last + 1);
            Outcome outcome = commitNext(change, note, at, together);
            if (!(outcome instanceof Outcome.Refused refused)
                    || !refused.failed().key().equals(entry)) {
                return outcome;
            }
            last = newest();
        }
    }

    @GuardedBy("this")
    private Outcome commitNext(Change change, ChangeNote note, Instant at, Transaction together) {
        long sequence = last + 1;
        AuditEntry entry = new AuditEntry(
                sequence,
                at,
                note.by(),
                note.reason(),
                change.kind(),
                change.subject(),
                change.revision().isPresent() ? change.revision().getAsLong() : null,
                change.text());
        Transaction audited = together.when(key(sequence), 0).put(key(sequence), Json.text(entry));
        Outcome outcome = store.commit(sequence > kept ? audited.delete(key(sequence - kept)) : audited);
        if (outcome instanceof Outcome.Committed) {
            last = sequence;
        }
        return outcome;
    }

    private static AuditEntry read(StoreEntry entry) {
        return StoredJson.read(entry, AuditEntry.class);
    }

    private static String key(long sequence) {
        return KEYS + Serial.of(sequence);
    }
}
