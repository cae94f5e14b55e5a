package io.signalbox.mesh.controlplane;

import io.signalbox.mesh.canary.Slice;
import io.signalbox.mesh.canary.Window;
import io.signalbox.mesh.canary.rollout.Rollout;
import io.signalbox.mesh.client.json.Json;
import io.signalbox.mesh.store.ChangedByAnotherException;
import io.signalbox.mesh.store.KeyRange;
import io.signalbox.mesh.store.Outcome;
import io.signalbox.mesh.store.Store;
import io.signalbox.mesh.store.StoreEntry;
import io.signalbox.mesh.store.Transaction;
import java.util.Optional;
import java.util.function.Function;

/**
 * What sidecars of other control planes saw of rollouts: under {@code seen/SERVICE/REPLICA} what waits for the leader, which
 * takes it off in the transaction that takes it into account. So it counts once, whoever leads. Safe from any thread.
 */
record SharedEvidence(Store store, String replica) {

    private static final String KEYS = "seen/";
    private static final int MOST_ADDED = 10;

    /**
     * What is kept of it.
     *
     * @param rollout its number
     * @param revision of the policy that was in force meanwhile: what was seen under another one is left out
     */
    record Stored(long rollout, long revision, Window window) {

        boolean isOf(Rollout asked) {
            return rollout == asked.number() && revision == asked.revision();
        }
    }

    /**
     * What others saw.
     *
     * @param taken what takes it off, if it is still what was read
     */
    record Others(Window window, Transaction taken) {}

    /** Adds what was seen here to what waits. */
    void add(String service, Rollout rollout, Window window) {
        String key = KEYS + service + "/" + replica;
        Outcome _ = Again.whenChanged(
                () -> {
                    Optional<StoreEntry> there = store.get(key);
                    Window all = there.map(SharedEvidence::read)
                            .filter(stored -> stored.isOf(rollout))
                            .map(stored -> plus(window, stored.window()))
                            .orElse(window);
                    Transaction write = Transaction.EMPTY
                            .when(key, there.map(StoreEntry::modified).orElse(0L))
                            .put(key, Json.text(new Stored(rollout.number(), rollout.revision(), all)));
                    return switch (store.commit(write)) {
                        case Outcome.Committed committed -> committed;
                        case Outcome.Refused refused -> throw refused.asChangedByAnother();
                    };
                },
                _ -> {});
    }

    /**
     * Does something with what was seen here and what others saw; the time is counted here alone. Again, when one of the
     * others adds to it just then.
     */
    <T> T with(String service, Rollout rollout, Window window, Function<Others, T> judged) {
        for (int added = 0; ; added++) {
            try {
                return judged.apply(read(service, rollout, window));
            } catch (ChangedByAnotherException e) {
                if (added == MOST_ADDED || !e.key().startsWith(KEYS)) {
                    throw e;
                }
            }
        }
    }

    private Others read(String service, Rollout rollout, Window window) {
        Window all = window;
        Transaction taken = Transaction.EMPTY;
        for (StoreEntry entry : store.range(KeyRange.prefix(KEYS + service + "/"))) {
            Stored stored = read(entry);
            if (stored.isOf(rollout)) {
                all = plus(all, stored.window());
            }
            taken = taken.when(entry.key(), entry.modified()).delete(entry.key());
        }
        return new Others(all, taken);
    }

    private static Window plus(Window timed, Window more) {
        return new Window(timed.span(), plus(timed.stable(), more.stable()), plus(timed.candidate(), more.candidate()));
    }

    private static Slice plus(Slice one, Slice other) {
        return new Slice(
                one.requests() + other.requests(),
                one.failures() + other.failures(),
                one.latency().plus(other.latency()));
    }

    private static Stored read(StoreEntry entry) {
        return StoredJson.read(entry, Stored.class);
    }
}
