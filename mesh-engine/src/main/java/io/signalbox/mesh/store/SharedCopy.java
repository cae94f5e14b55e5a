package io.signalbox.mesh.store;

import io.signalbox.mesh.store.Tables.Counter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies of a store that several processes share: what it holds at one moment, in a file like that of a store of one process, so
 * that either kind can be restored from a copy of either.
 *
 * <p>What hangs on a lease is of processes that run, and is not copied. To restore takes many transactions: a key says that
 * it goes on, each of them is on condition that nobody else wrote that key, and {@link #unrestored} refuses a store in which
 * it was left. Another one stays, written anew by each: whoever read the store before does not take part in it afterwards.
 */
public final class SharedCopy {

    static final String RESTORING = "restore/unfinished";
    static final String EPOCH = "restore/epoch";

    private static final KeyRange ALL = new KeyRange("!", "~", Integer.MAX_VALUE, KeyRange.Order.ASCENDING);
    private static final int STEPS = 100; // etcd takes 128
    private static final int PART_BYTES = 750_000;
    private static final int MOST_BYTES = 1_500_000; // etcd takes 1.5 MiB with all that is around it
    private static final Logger log = LoggerFactory.getLogger(SharedCopy.class);

    private SharedCopy() {}

    /** What to do with a store that holds something already. */
    public enum Existing {
        REFUSED,
        REPLACED
    }

    /**
     * Everything that is to outlive those who use the store, of one revision.
     *
     * @throws StoreException when a restore into it did not get to its end
     */
    public static List<StoreEntry> moment(Store store) {
        List<StoreEntry> all = store.range(ALL);
        requireWhole(all);
        return lasting(all);
    }

    /**
     * Writes entries as the file of a store, which is whole before it has its name.
     *
     * @param file must not be there yet
     */
    public static void write(List<StoreEntry> entries, Path file) {
        inScratch(file, scratch -> {
            try (SqliteTables tables = SqliteTables.open(scratch)) {
                tables.begin();
                entries.forEach(tables::put);
                long newest =
                        entries.stream().mapToLong(StoreEntry::modified).max().orElse(0);
                tables.count(Counter.REVISION, newest);
                tables.count(Counter.COMPACTED, newest);
                tables.commit();
            }
            StoreCopy.backUp(scratch, file);
            return file;
        });
    }

    /** What a file holds, of whichever kind of store it is a copy. */
    public static List<StoreEntry> read(Path file) {
        return inScratch(file, scratch -> {
            StoreCopy.restore(file, scratch);
            try (SqliteTables tables = SqliteTables.open(scratch)) {
                List<StoreEntry> all = tables.range(ALL);
                requireWhole(all);
                return lasting(all);
            }
        });
    }

    /**
     * Begins to make a store hold these entries and nothing else. Revisions are the store's own.
     *
     * @throws StoreException when somebody uses the store, when it is not empty and is not to be replaced, when it cannot
     *     hold all of that, or when another restore goes on; it holds what it held then
     */
    public static Begun begin(List<StoreEntry> entries, Store store, Existing existing) {
        entries.forEach(SharedCopy::requireFits);
        List<StoreEntry> there = store.range(ALL);
        requireUnused(there);
        List<StoreEntry> held =
                there.stream().filter(entry -> !entry.key().equals(EPOCH)).toList();
        if (!held.isEmpty() && existing == Existing.REFUSED) {
            throw new StoreException("store: " + held.size() + " keys, the first of them "
                    + held.getFirst().key() + " (expected: an empty one, or --replace)");
        }
        long before = there.stream()
                .filter(entry -> entry.key().equals(RESTORING))
                .mapToLong(StoreEntry::modified)
                .findFirst()
                .orElse(0);
        long own = commit(store, Transaction.EMPTY.when(RESTORING, before).put(RESTORING, "{}"));
        Begun begun = new Begun(store, own, entries);
        try {
            // Nobody can begin to use it from now on, but somebody may have begun just before.
            requireUnused(store.range(ALL));
        } catch (StoreException e) {
            if (before == 0) {
                begun.end();
            }
            throw e;
        }
        return begun;
    }

    /** A restore into a store that nobody can use until it has got to its end. */
    public static final class Begun {

        private final Store store;
        private final long own;
        private final List<StoreEntry> entries;

        private Begun(Store store, long own, List<StoreEntry> entries) {
            this.store = store;
            this.own = own;
            this.entries = List.copyOf(entries);
        }

        /** @throws StoreException when it did not get to its end; whoever opens the store is refused, and it can be done again */
        public void finish() {
            long _ = commit(store, mine().put(EPOCH, "{}"));
            for (List<Transaction.Step> part : parts(steps(entries, store.range(ALL)))) {
                long _ = commit(store, new Transaction(mine().conditions(), part));
            }
            requireUnused(store.range(ALL));
            end();
        }

        /** The answer to the first attempt may have been lost: the key is gone then. */
        private void end() {
            if (store.commit(mine().delete(RESTORING)) instanceof Outcome.Refused refused
                    && refused.current().isPresent()) {
                throw takenOver();
            }
        }

        private Transaction mine() {
            return Transaction.EMPTY.when(RESTORING, own);
        }
    }

    /**
     * The conditions that hold until somebody restores into a store.
     *
     * @throws StoreException when a restore goes on, or did not get to its end
     */
    public static Transaction unrestored(Store store) {
        List<StoreEntry> said = store.range(KeyRange.prefix("restore/"));
        requireWhole(said);
        long epoch = said.stream()
                .filter(entry -> entry.key().equals(EPOCH))
                .mapToLong(StoreEntry::modified)
                .findFirst()
                .orElse(0);
        return Transaction.EMPTY.when(RESTORING, 0).when(EPOCH, epoch);
    }

    private static void requireWhole(List<StoreEntry> all) {
        if (all.stream().anyMatch(entry -> entry.key().equals(RESTORING))) {
            throw new StoreException("store: " + RESTORING
                    + " (expected: a whole store; a restore into it goes on, or ended early: restore again"
                    + " with --replace)");
        }
    }

    private static List<StoreEntry> lasting(List<StoreEntry> all) {
        return all.stream()
                .filter(entry -> entry.lease().isEmpty() && !entry.key().equals(EPOCH))
                .toList();
    }

    private static void requireFits(StoreEntry entry) {
        int bytes = bytes(entry.key()) + bytes(entry.value());
        if (bytes > MOST_BYTES) {
            throw new StoreException("backup: " + entry.key() + ": " + bytes + " bytes with its key (expected: at most "
                    + MOST_BYTES + ", which etcd takes at once)");
        }
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static void requireUnused(List<StoreEntry> there) {
        Optional<StoreEntry> held =
                there.stream().filter(entry -> entry.lease().isPresent()).findFirst();
        if (held.isPresent()) {
            throw new StoreException("store: " + held.get().key()
                    + " (expected: no control plane that uses it; stop all of them, and wait for 10s where one"
                    + " was killed)");
        }
    }

    private static long commit(Store store, Transaction transaction) {
        return switch (store.commit(transaction)) {
            case Outcome.Committed(long revision) -> revision;
            case Outcome.Refused _ -> throw takenOver();
        };
    }

    private static StoreException takenOver() {
        return new StoreException("store: another restore took over (expected: one at a time)");
    }

    /** What is too much goes last: while it is there, nothing of before is lost. */
    private static List<Transaction.Step> steps(List<StoreEntry> entries, List<StoreEntry> there) {
        List<Transaction.Step> steps = new ArrayList<>();
        Set<String> kept = new HashSet<>(Set.of(RESTORING, EPOCH));
        for (StoreEntry entry : entries) {
            kept.add(entry.key());
            steps.add(new Transaction.Step.Put(entry.key(), entry.value(), entry.lease()));
        }
        for (StoreEntry entry : there) {
            if (!kept.contains(entry.key())) {
                steps.add(new Transaction.Step.Delete(entry.key()));
            }
        }
        return steps;
    }

    private static List<List<Transaction.Step>> parts(List<Transaction.Step> steps) {
        List<List<Transaction.Step>> parts = new ArrayList<>();
        List<Transaction.Step> part = new ArrayList<>();
        int bytes = 0;
        for (Transaction.Step step : steps) {
            int more = bytes(step.key()) + (step instanceof Transaction.Step.Put put ? bytes(put.value()) : 0);
            if (part.size() == STEPS || (!part.isEmpty() && bytes + more > PART_BYTES)) {
                parts.add(part);
                part = new ArrayList<>();
                bytes = 0;
            }
            part.add(step);
            bytes += more;
        }
        parts.add(part);
        return parts;
    }

    private static <T> T inScratch(Path file, Function<Path, T> work) {
        Path parent = file.toAbsolutePath().resolveSibling("");
        try {
            Path scratch = Files.createTempDirectory(parent, ".signalbox-copy-");
            try {
                return work.apply(scratch);
            } finally {
                delete(scratch);
            }
        } catch (IOException e) {
            throw new StoreException("file: " + file + " (expected: in a folder that can be written: " + e + ")", e);
        }
    }

    /** What is left does nobody harm, and is no reason to hide what went wrong before. */
    private static void delete(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException | UncheckedIOException e) {
            log.warn("{} is left, and can be deleted", folder, e);
        }
    }
}
