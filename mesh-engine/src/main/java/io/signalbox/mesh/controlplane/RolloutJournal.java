package io.signalbox.mesh.controlplane;

import io.signalbox.mesh.client.json.Json;
import io.signalbox.mesh.store.KeyRange;
import io.signalbox.mesh.store.Store;
import io.signalbox.mesh.store.StoreEntry;
import io.signalbox.mesh.store.Transaction;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Rollouts in a store: under {@code rollout/SERVICE} where they stand, under {@code rolled/SERVICE/NUMBER} those that
 * ended.
 *
 * <p>What a rollout is and the weight that it puts in force are written as one, so there is no moment between them.
 */
final class RolloutJournal {

    static final String BOOKS = "rollout/";
    private static final String ENDED = "rolled/";
    private static final int ENDED_KEPT = 100;

    private final Store store;

    RolloutJournal(Store store) {
        this.store = store;
    }

    Map<String, RolloutBook> all() {
        Map<String, RolloutBook> all = new TreeMap<>();
        store.range(KeyRange.prefix(BOOKS))
                .forEach(entry -> all.put(entry.key().substring(BOOKS.length()), read(entry)));
        return all;
    }

    /** Those of one service as the store has them now. */
    RolloutBook book(String service) {
        return store.get(BOOKS + service).map(RolloutJournal::read).orElseGet(() -> RolloutBook.empty(service));
    }

    /** Those of one service that ended, newest first. */
    List<RolloutBook.Entry> ended(String service) {
        KeyRange range = KeyRange.prefix(ENDED + service + "/").last(ENDED_KEPT);
        return store.range(range).stream()
                .map(entry -> StoredJson.read(entry, StoredRollout.class, StoredRollout::entry))
                .toList();
    }

    /**
     * What writes a book in the place of the one before, if nobody else did.
     *
     * @param ended one that ended with it
     */
    static Transaction write(RolloutBook after, Optional<RolloutBook.Entry> ended) {
        String service = after.service();
        Transaction transaction =
                Transaction.EMPTY.when(BOOKS + service, after.seen()).put(BOOKS + service, Json.text(Stored.of(after)));
        if (ended.isEmpty()) {
            return transaction;
        }
        long number = ended.get().rollout().number();
        Transaction kept = transaction
                .put(key(service, number), Json.text(StoredRollout.of(service, ended.get())))
                .and(WebhookNotices.due(service, ended.get()));
        return number > ENDED_KEPT ? kept.delete(key(service, number - ENDED_KEPT)) : kept;
    }

    static RolloutBook read(StoreEntry entry) {
        return StoredJson.read(
                entry,
                Stored.class,
                stored -> new RolloutBook(
                        entry.key().substring(BOOKS.length()),
                        stored.last(),
                        Optional.ofNullable(stored.current()).map(StoredRollout::entry),
                        stored.queue().stream().map(StoredRollout::entry).toList(),
                        entry.modified()));
    }

    private static String key(String service, long number) {
        return ENDED + service + "/" + Serial.of(number);
    }

    /** A service's rollouts. */
    record Stored(long last, @Nullable StoredRollout current, List<StoredRollout> queue) {

        static Stored of(RolloutBook book) {
            Optional<StoredRollout> current = book.current().map(entry -> StoredRollout.of(book.service(), entry));
            return new Stored(
                    book.last(),
                    current.isPresent() ? current.get() : null,
                    book.queue().stream()
                            .map(entry -> StoredRollout.of(book.service(), entry))
                            .toList());
        }
    }
}
