package io.signalbox.mesh.store;

import io.signalbox.mesh.store.Tables.Counter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Copies of a store that several processes share: what it holds at one moment, in a file like that of a store of one process, so
 * that either kind can be restored from a copy of either.
 *
 * <p>What hangs on a lease is of processes that run, and is not copied. To restore takes many transactions: a key says that
 * it goes on, each of them is on condition that nobody else wrote that key, and {@link #requireWhole} refuses a store in which
 * it was left.
 */
public final class SharedCopy {

    static final String RESTORING = "restore/unfinished";

    private static final KeyRange ALL = new KeyRange("!", "~", Integer.MAX_VALUE, KeyRange.Order.ASCENDING);
    private static final int STEPS = 100; // etcd takes 128, and 1.5 MB
    private static final int CHARACTERS = 250_000;

    private SharedCopy() {}

    /** What to do with a store that holds something already. */
    public enum Existing {
        REFUSED,
        REPLACED
    }

    /** Everything that is to outlive those who use the store, of one revision. */
    public static List<StoreEntry> moment(Store store) {
        requireWhole(store);
        return store.range(ALL).stream()
                .filter(entry -> entry.lease().isEmpty())
                .toList();
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
                return tables.range(ALL).stream()
                        .filter(entry -> entry.lease().isEmpty())
                        .toList();
            }
        });
    }

    /**
     * Makes a store hold these entries and nothing else. Revisions are the store's own.
     *
     * @throws StoreException when somebody uses the store, when it is not empty and is not to be replaced, or when another
     *     restore goes on; a store that was left in the middle is refused by whoever opens it
     */
    public static void restore(List<StoreEntry> entries, Store store, Existing existing) {
        List<StoreEntry> there = store.range(ALL);
        requireUnused(there);
        if (!there.isEmpty() && existing == Existing.REFUSED) {
            throw new StoreException("store: " + there.size() + " keys, the first of them "
                    + there.getFirst().key() + " (expected: an empty one, or --replace)");
        }
        long before = there.stream()
                .filter(entry -> entry.key().equals(RESTORING))
                .mapToLong(StoreEntry::modified)
                .findFirst()
                .orElse(0);
        long own = commit(store, Transaction.EMPTY.when(RESTORING, before).put(RESTORING, "{}"));
        for (List<Transaction.Step> part : parts(steps(entries, there))) {
            long _ = commit(store, new Transaction(List.of(new Transaction.Condition(RESTORING, own)), part));
        }
        requireUnused(store.range(ALL));
        long _ = commit(store, Transaction.EMPTY.when(RESTORING, own).delete(RESTORING));
    }

    /** @throws StoreException when a restore did not get to its end */
    public static void requireWhole(Store store) {
        if (store.get(RESTORING).isPresent()) {
            throw new StoreException("store: " + RESTORING
                    + " (expected: a whole store; a restore into it goes on, or ended early: restore again"
                    + " with --replace)");
        }
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
            case Outcome.Refused _ ->
                throw new StoreException("store: another restore took over (expected: one at a time)");
        };
    }

    private static List<Transaction.Step> steps(List<StoreEntry> entries, List<StoreEntry> there) {
        Set<String> kept = entries.stream().map(StoreEntry::key).collect(Collectors.toSet());
        List<Transaction.Step> steps = new ArrayList<>();
        for (StoreEntry entry : there) {
            if (!kept.contains(entry.key()) && !entry.key().equals(RESTORING)) {
                steps.add(new Transaction.Step.Delete(entry.key()));
            }
        }
        for (StoreEntry entry : entries) {
            steps.add(new Transaction.Step.Put(entry.key(), entry.value(), entry.lease()));
        }
        return steps;
    }

    private static List<List<Transaction.Step>> parts(List<Transaction.Step> steps) {
        List<List<Transaction.Step>> parts = new ArrayList<>();
        List<Transaction.Step> part = new ArrayList<>();
        int characters = 0;
        for (Transaction.Step step : steps) {
            int more = step instanceof Transaction.Step.Put put ? put.value().length() : 0;
            if (part.size() == STEPS || (!part.isEmpty() && characters + more > CHARACTERS)) {
                parts.add(part);
                part = new ArrayList<>();
                characters = 0;
            }
            part.add(step);
            characters += more;
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

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
