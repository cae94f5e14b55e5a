package io.signalbox.mesh.store;

import io.signalbox.mesh.store.Tables.Counter;
import java.util.List;
import java.util.Optional;

/** The writing of revisions, and the reading of what they changed. Guarded by its owner. */
final class Revisions {

    private final Tables tables;
    private final Leases leases;
    private final int kept;

    /** @param kept of how many revisions the changes are kept */
    Revisions(Tables tables, Leases leases, int kept) {
        this.tables = tables;
        this.leases = leases;
        this.kept = kept;
    }

    /** The revision that holds after all of the steps are written; the one before when they change nothing. */
    long write(List<Transaction.Step> steps) {
        steps.forEach(this::requireLease); // before anything is written: rows in memory take nothing back
        long before = tables.counter(Counter.REVISION);
        long revision = before + 1;
        boolean changed = false;
        for (Transaction.Step step : steps) {
            Optional<StoreEntry> was = tables.get(step.key());
            switch (step) {
                case Transaction.Step.Put put -> {
                    StoreEntry entry = new StoreEntry(
                            put.key(),
                            put.value(),
                            was.map(StoreEntry::created).orElse(revision),
                            revision,
                            put.lease());
                    tables.put(entry);
                    tables.log(new StoreChange.Written(entry));
                    changed = true;
                }
                case Transaction.Step.Delete delete -> {
                    if (was.isPresent()) {
                        tables.delete(delete.key());
                        tables.log(new StoreChange.Deleted(revision, delete.key()));
                        changed = true;
                    }
                }
            }
        }
        if (!changed) {
            return before;
        }
        tables.count(Counter.REVISION, revision);
        if (revision - kept > tables.counter(Counter.COMPACTED)) {
            forget(revision - kept);
        }
        return revision;
    }

    void forget(long upTo) {
        if (upTo > tables.counter(Counter.COMPACTED)) {
            tables.forget(upTo);
            tables.count(Counter.COMPACTED, upTo);
        }
    }

    /** What a watch that has seen a revision sees next. */
    Watches.Next after(long seen) {
        long compacted = tables.counter(Counter.COMPACTED);
        if (seen < compacted) {
            return new Watches.Next.Forgotten(compacted);
        }
        return seen >= tables.counter(Counter.REVISION)
                ? new Watches.Next.Nothing()
                : new Watches.Next.Changes(seen + 1, tables.changes(seen + 1));
    }

    private void requireLease(Transaction.Step step) {
        if (step instanceof Transaction.Step.Put put) {
            put.lease().ifPresent(leases::require);
        }
    }
}
