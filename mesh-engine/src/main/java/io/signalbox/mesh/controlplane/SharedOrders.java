package io.signalbox.mesh.controlplane;

import io.signalbox.mesh.client.json.Json;
import io.signalbox.mesh.model.BreakerCommand;
import io.signalbox.mesh.model.ChangeNote;
import io.signalbox.mesh.store.Following;
import io.signalbox.mesh.store.KeyRange;
import io.signalbox.mesh.store.Outcome;
import io.signalbox.mesh.store.Store;
import io.signalbox.mesh.store.StoreEntry;
import io.signalbox.mesh.store.StoreException;
import io.signalbox.mesh.store.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves circuits at the sidecars of all control planes that share a store: an order lies under {@code order/NUMBER} until
 * each has answered under {@code answer/NUMBER/REPLICA}, or the time is over. Both hang on the leases of those who wrote
 * them, and an order says until when it is one, so that nobody carries it out who starts, or hears of it, later. Safe from
 * any thread.
 */
final class SharedOrders implements Elsewhere {

    static final String ORDERS = "order/";
    static final String ANSWERS = "answer/";

    /** From the asking on, for the answers of all: no longer than what this one's own sidecars have. */
    static final Duration PATIENCE = Answers.PATIENCE;

    /** What is an order for longer than anybody waits, as the clocks of others may differ. */
    private static final Duration LASTING = PATIENCE.plusSeconds(2);

    private static final Logger log = LoggerFactory.getLogger(SharedOrders.class);

    private final Store store;
    private final Replica replica;
    private final InstantSource clock;

    /** Those that could not be taken out of the store yet. */
    private final Set<String> uncleared = ConcurrentHashMap.newKeySet();

    private final AtomicLong numbers = new AtomicLong();
    private final Map<String, Waiting> waiting = new ConcurrentHashMap<>();

    SharedOrders(Store store, Replica replica, InstantSource clock) {
        this.store = store;
        this.replica = replica;
        this.clock = clock;
    }

    /**
     * @param from the control plane that asks
     * @param until when it has given up waiting: who reads it later does nothing
     */
    record Order(String from, String circuits, BreakerCommand command, String by, String reason, Instant until) {}

    /** Who carries out what others ask for, at sidecars of this control plane. */
    @FunctionalInterface
    interface Here {
        Moved move(String circuits, BreakerCommand command, ChangeNote note);
    }

    /** For the answers of all who are there. */
    private record Waiting(Map<String, String> others, Map<String, Moved> answers, CompletableFuture<Void> over) {}

    @Override
    public Supplier<Moved> ask(String circuits, BreakerCommand command, ChangeNote note) {
        Map<String, String> others = replica.others();
        if (others.isEmpty()) {
            return () -> Moved.NONE;
        }
        String number = replica.id() + "-" + numbers.incrementAndGet();
        CompletableFuture<Void> over =
                new CompletableFuture<Void>().completeOnTimeout(null, PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        Waiting asked = new Waiting(others, new ConcurrentHashMap<>(), over);
        waiting.put(number, asked);
        try {
            Order order = new Order(
                    replica.id(),
                    circuits,
                    command,
                    note.by(),
                    note.reason(),
                    clock.instant().plus(LASTING));
            replica.write(ORDERS + number, Json.text(order));
        } catch (StoreException e) {
            waiting.remove(number);
            uncleared.add(number); // it may have been written all the same
            throw e;
        }
        return () -> await(number, asked);
    }

    private Moved await(String number, Waiting asked) {
        try {
            asked.over().get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException("nothing fails this", e);
        }
        waiting.remove(number);
        clear(number);
        Moved all = Moved.NONE;
        List<String> silent = new ArrayList<>();
        for (Map.Entry<String, String> other : asked.others().entrySet()) {
            Moved answer = asked.answers().get(other.getKey());
            if (answer == null) {
                silent.add("whoever is attached to " + other.getValue());
            } else {
                all = all.and(answer);
            }
        }
        return all.and(new Moved(0, silent));
    }

    private void clear(String number) {
        try {
            Transaction gone = Transaction.EMPTY.delete(ORDERS + number);
            for (StoreEntry answer : store.range(KeyRange.prefix(ANSWERS + number + "/"))) {
                gone = gone.delete(answer.key());
            }
            Outcome _ = store.commit(gone);
            uncleared.remove(number);
        } catch (StoreException e) {
            uncleared.add(number);
            log.debug("What is left of an order is taken away later", e);
        }
    }

    /** Takes away what could not be when its time was over. */
    void clear() {
        uncleared.forEach(this::clear);
    }

    /** Takes orders of others and answers to own ones, until the answer is run. */
    Runnable follow(Here here) {
        Set<String> done = ConcurrentHashMap.newKeySet();
        List<Following> all = List.of(
                Following.start(store, ORDERS, new Following.Follower() {
                    @Override
                    public void written(StoreEntry entry) {
                        if (done.add(entry.key())) {
                            obey(entry, here);
                        }
                    }

                    @Override
                    public void deleted(String key, long revision) {
                        done.remove(key);
                    }
                }),
                Following.start(store, ANSWERS, this::answered));
        return () -> all.forEach(Following::close);
    }

    private void obey(StoreEntry entry, Here here) {
        Order order = StoredJson.read(entry, Order.class);
        if (!order.from().equals(replica.id()) && clock.instant().isBefore(order.until())) {
            String number = entry.key().substring(ORDERS.length());
            Thread _ = Thread.ofVirtual().name("shared-order").start(() -> {
                Moved moved = here.move(order.circuits(), order.command(), new ChangeNote(order.by(), order.reason()));
                try {
                    // who asked has cleared the order when nobody waits any more; nobody would take a later answer away
                    boolean _ = replica.writeBeside(entry, ANSWERS + number + "/" + replica.id(), Json.text(moved));
                } catch (StoreException e) {
                    log.warn("Whoever ordered {} is not told what came of it", order.circuits(), e);
                }
            });
        }
    }

    private void answered(StoreEntry entry) {
        int end = entry.key().lastIndexOf('/');
        Waiting asked = waiting.get(entry.key().substring(ANSWERS.length(), end));
        if (asked != null) {
            Moved moved = StoredJson.read(entry, Moved.class);
            String from = entry.key().substring(end + 1);
            if (asked.others().containsKey(from)) {
                asked.answers().put(from, moved);
                if (asked.answers().size() == asked.others().size()) {
                    asked.over().complete(null);
                }
            }
        }
    }
}
