package io.signalbox.store.etcd;

import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.etcd.jetcd.KV;
import io.etcd.jetcd.Lease;
import io.etcd.jetcd.kv.GetResponse;
import io.etcd.jetcd.options.GetOption;
import io.grpc.Status;
import io.signalbox.mesh.model.InvalidValueException;
import io.signalbox.mesh.store.KeyRange;
import io.signalbox.mesh.store.Outcome;
import io.signalbox.mesh.store.Store;
import io.signalbox.mesh.store.StoreEntry;
import io.signalbox.mesh.store.StoreException;
import io.signalbox.mesh.store.Transaction;
import io.signalbox.mesh.store.UnknownLeaseException;
import io.signalbox.mesh.store.Watch;
import io.signalbox.mesh.store.Watcher;
import io.signalbox.mesh.time.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A store on etcd, which several processes share.
 *
 * <p>Reads are linearizable: they show what was acknowledged to anybody before. etcd's own clock measures leases, in whole
 * seconds and from 2 s on. Each watch has a virtual thread.
 */
final class EtcdStore implements Store {

    private static final Duration SHORTEST_LEASE = Duration.ofSeconds(1);
    private static final int PAGE = 1_000;

    private final Client client;
    private final KV keys;
    private final Lease leases;
    private final Keyspace keyspace;
    private final EtcdCalls calls;
    private final Set<EtcdWatch> watches = ConcurrentHashMap.newKeySet();

    EtcdStore(Client client, Keyspace keyspace, Ticker ticker) {
        this.client = client;
        this.keyspace = keyspace;
        keys = client.getKVClient();
        leases = client.getLeaseClient();
        calls = new EtcdCalls(ticker);
    }

    @Override
    public long revision() {
        GetOption count = GetOption.builder().withCountOnly(true).build();
        return Keyspace.here(
                calls.ask(() -> keys.get(keyspace.key("-"), count)).getHeader().getRevision());
    }

    @Override
    public Optional<StoreEntry> get(String key) {
        return calls.ask(() -> keys.get(keyspace.key(key))).getKvs().stream()
                .map(keyspace::entry)
                .findFirst();
    }

    /** In pages, all of one revision. */
    @Override
    public List<StoreEntry> range(KeyRange range) {
        List<StoreEntry> found = new ArrayList<>();
        KeyRange left = range;
        long revision = 0;
        while (left.from().compareTo(left.before()) < 0) {
            int most = Math.min(PAGE, range.limit() - found.size());
            KeyRange asked = new KeyRange(left.from(), left.before(), most, range.order());
            GetOption option = option(asked, revision);
            ByteSequence from = keyspace.key(asked.from());
            GetResponse page = calls.ask(() -> keys.get(from, option));
            page.getKvs().forEach(held -> found.add(keyspace.entry(held)));
            if (!page.isMore() || found.size() >= range.limit()) {
                break;
            }
            revision = page.getHeader().getRevision();
            left = rest(left, found.getLast().key());
        }
        return found;
    }

    private GetOption option(KeyRange range, long revision) {
        return GetOption.builder()
                .withRange(keyspace.key(range.before()))
                .withLimit(range.limit())
                .withRevision(revision)
                .withSortField(GetOption.SortTarget.KEY)
                .withSortOrder(
                        switch (range.order()) {
                            case ASCENDING -> GetOption.SortOrder.ASCEND;
                            case DESCENDING -> GetOption.SortOrder.DESCEND;
                        })
                .build();
    }

    private static KeyRange rest(KeyRange range, String last) {
        return switch (range.order()) {
            case ASCENDING -> new KeyRange(last + '\0', range.before(), range.limit(), range.order());
            case DESCENDING -> new KeyRange(range.from(), last, range.limit(), range.order());
        };
    }

    @Override
    public Outcome commit(Transaction transaction) {
        EtcdTransaction asked = new EtcdTransaction(transaction, keyspace);
        try {
            EtcdCalls.Answer<Outcome> answer =
                    calls.insist(() -> asked.prepare(keys.txn()).commit().thenApply(asked::outcome));
            return switch (answer.value()) {
                case Outcome.Committed committed -> committed;
                case Outcome.Refused refused when answer.tries() == EtcdCalls.Tries.ONE -> refused;
                // An earlier try may be what changed the key since.
                case Outcome.Refused refused -> asked.writtenAlready(this::get).orElse(refused);
            };
        } catch (StoreException e) {
            throw noLease(e, transaction);
        }
    }

    private static RuntimeException noLease(StoreException e, Transaction transaction) {
        Throwable cause = e.getCause();
        if (cause != null && isNoLease(cause)) {
            for (Transaction.Step step : transaction.steps()) {
                if (step instanceof Transaction.Step.Put put && put.lease().isPresent()) {
                    return new UnknownLeaseException(put.lease().getAsLong());
                }
            }
        }
        return e;
    }

    @Override
    public Watch watch(String prefix, long after, Watcher watcher) {
        EtcdWatch watch = new EtcdWatch(
                client.getWatchClient(), keyspace, KeyRange.prefix(prefix), after, watcher, calls, watches::remove);
        watches.add(watch);
        watch.start();
        return watch;
    }

    @Override
    public long grant(Duration timeToLive) {
        InvalidValueException.unless(
                timeToLive.compareTo(SHORTEST_LEASE) >= 0,
                "time to live",
                timeToLive,
                "at least " + SHORTEST_LEASE.toSeconds() + "s");
        long seconds = timeToLive.plusMillis(999).toSeconds();
        return calls.ask(() -> leases.grant(seconds)).getID();
    }

    @Override
    public void keepAlive(long lease) {
        try {
            calls.ask(() -> leases.keepAliveOnce(lease));
        } catch (StoreException e) {
            Throwable cause = e.getCause();
            throw cause != null && isNoLease(cause) ? new UnknownLeaseException(lease) : e;
        }
    }

    @Override
    public void revoke(long lease) {
        try {
            calls.ask(() -> leases.revoke(lease));
        } catch (StoreException e) {
            Throwable cause = e.getCause();
            if (cause == null || !isNoLease(cause)) {
                throw e;
            }
        }
    }

    private static boolean isNoLease(Throwable cause) {
        return EtcdCalls.says(cause, Status.Code.NOT_FOUND, "lease not found");
    }

    @Override
    public void compact(long revision) {
        long newest = revision();
        InvalidValueException.unless(revision <= newest, "revision", revision, "at most " + newest);
        try {
            calls.ask(() -> keys.compact(Keyspace.there(revision)));
        } catch (StoreException e) {
            Throwable cause = e.getCause();
            if (cause == null || !EtcdCalls.says(cause, Status.Code.OUT_OF_RANGE, "compacted")) {
                throw e; // forgotten already otherwise
            }
        }
    }

    @Override
    public void close() {
        if (!calls.isClosed()) {
            calls.close();
            List<EtcdWatch> open = List.copyOf(watches);
            open.forEach(EtcdWatch::close);
            open.forEach(EtcdWatch::join);
            client.close();
        }
    }
}
