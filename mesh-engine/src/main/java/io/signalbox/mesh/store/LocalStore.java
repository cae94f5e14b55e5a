package io.signalbox.mesh.store;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.signalbox.mesh.model.InvalidValueException;
import io.signalbox.mesh.store.Tables.Counter;
import io.signalbox.mesh.time.Scheduler;
import io.signalbox.mesh.time.Ticker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A store of this process alone: in memory, or in a file that no other process opens meanwhile.
 *
 * <p>One lock orders all calls; watchers are told outside it, on the thread that wrote. Leases are looked at each
 * second. A file keeps leases too: their times begin anew when it is opened, as whoever holds one was cut off as well.
 */
public final class LocalStore implements Store {

    private static final Duration SWEEP = Duration.ofSeconds(1);
    private static final int CHANGES_IN_MEMORY = 256;
    private static final int CHANGES_IN_FILE = 10_000;

    private final Tables tables; // like the next two used under the lock alone
    private final Leases leases;
    private final Revisions revisions;
    private final Scheduler.Cancellable sweeping;
    private final Watches watches = new Watches(this::next);
    private final Object lock = new Object();

    @GuardedBy("lock")
    private boolean closed;

    LocalStore(Tables tables, int changesKept, Ticker ticker, Scheduler scheduler) {
        this.tables = tables;
        leases = new Leases(ticker);
        revisions = new Revisions(tables, leases, changesKept);
        tables.leases().forEach(leases::hold);
        sweeping = scheduler.scheduleEvery(SWEEP, this::expire);
    }

    /** Empty, and gone with the process. */
    public static LocalStore inMemory(Ticker ticker, Scheduler scheduler) {
        return new LocalStore(new MemoryTables(), CHANGES_IN_MEMORY, ticker, scheduler);
    }

    /**
     * In a file of a folder, which is made when it is missing.
     *
     * @throws StoreException when another process has it open, or it is none that this version can read
     */
    public static LocalStore open(Path folder, Ticker ticker, Scheduler scheduler) {
        return new LocalStore(SqliteTables.open(folder), CHANGES_IN_FILE, ticker, scheduler);
    }

    @Override
    public long revision() {
        return reading(() -> tables.counter(Counter.REVISION));
    }

    @Override
    public Optional<StoreEntry> get(String key) {
        return reading(() -> tables.get(key));
    }

    @Override
    public List<StoreEntry> range(KeyRange range) {
        return reading(() -> tables.range(range));
    }

    @Override
    public Outcome commit(Transaction transaction) {
        Outcome outcome = writing(() -> {
            for (Transaction.Condition condition : transaction.conditions()) {
                Optional<StoreEntry> current = tables.get(condition.key());
                if (current.map(StoreEntry::modified).orElse(0L) != condition.modified()) {
                    return new Outcome.Refused(condition, current);
                }
            }
            return new Outcome.Committed(revisions.write(transaction.steps()));
        });
        watches.tell();
        return outcome;
    }

    @Override
    public Watch watch(String prefix, long after, Watcher watcher) {
        Watch watch = watches.add(Keys.require(prefix), after, watcher);
        watches.tell();
        return watch;
    }

    @Override
    public long grant(Duration timeToLive) {
        InvalidValueException.unless(
                timeToLive.compareTo(SWEEP) >= 0, "time to live", timeToLive, "at least " + SWEEP.toSeconds() + "s");
        return writing(() -> {
            long id = tables.counter(Counter.LEASE) + 1;
            tables.count(Counter.LEASE, id);
            tables.putLease(id, timeToLive);
            leases.hold(id, timeToLive);
            return id;
        });
    }

    @Override
    public void keepAlive(long lease) {
        synchronized (lock) {
            requireOpen();
            leases.renew(lease);
        }
    }

    @Override
    public void revoke(long lease) {
        end(List.of(lease));
    }

    @Override
    public void compact(long revision) {
        writing(() -> {
            long newest = tables.counter(Counter.REVISION);
            InvalidValueException.unless(revision <= newest, "revision", revision, "at most " + newest);
            revisions.forget(revision);
            return revision;
        });
    }

    @Override
    public void close() {
        sweeping.cancel();
        watches.close();
        synchronized (lock) {
            if (!closed) {
                closed = true;
                tables.close();
            }
        }
    }

    private void expire() {
        List<Long> over;
        synchronized (lock) {
            over = closed ? List.of() : leases.over();
        }
        if (!over.isEmpty()) {
            end(over);
        }
    }

    private void end(List<Long> ended) {
        writing(() -> {
            List<Transaction.Step> steps = new ArrayList<>();
            for (long lease : ended) {
                tables.keysOn(lease).forEach(key -> steps.add(new Transaction.Step.Delete(key)));
                tables.deleteLease(lease);
            }
            return revisions.write(steps);
        });
        synchronized (lock) {
            ended.forEach(leases::drop);
        }
        watches.tell();
    }

    private Watches.Next next(long after) {
        return reading(() -> revisions.after(after));
    }

    private <T> T reading(Supplier<T> read) {
        synchronized (lock) {
            requireOpen();
            return read.get();
        }
    }

    private <T> T writing(Supplier<T> write) {
        synchronized (lock) {
            requireOpen();
            tables.begin();
            try {
                T written = write.get();
                tables.commit();
                return written;
            } catch (RuntimeException e) {
                tables.rollback();
                throw e;
            }
        }
    }

    @GuardedBy("lock")
    private void requireOpen() {
        if (closed) {
            throw new StoreException("store: closed (expected: an open one)");
        }
    }
}
