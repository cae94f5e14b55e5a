package io.signalbox.store.etcd;

import io.etcd.jetcd.Txn;
import io.etcd.jetcd.kv.GetResponse;
import io.etcd.jetcd.kv.TxnResponse;
import io.etcd.jetcd.op.Cmp;
import io.etcd.jetcd.op.CmpTarget;
import io.etcd.jetcd.op.Op;
import io.etcd.jetcd.options.DeleteOption;
import io.etcd.jetcd.options.GetOption;
import io.etcd.jetcd.options.PutOption;
import io.signalbox.mesh.store.Outcome;
import io.signalbox.mesh.store.StoreEntry;
import io.signalbox.mesh.store.Transaction;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A transaction in etcd's words, which asks what the keys of its conditions hold when one of them does not. */
record EtcdTransaction(Transaction transaction, Keyspace keyspace) {

    Txn prepare(Txn txn) {
        return txn.If(transaction.conditions().stream().map(this::comparison).toArray(Cmp[]::new))
                .Then(transaction.steps().stream().map(this::operation).toArray(Op[]::new))
                .Else(transaction.conditions().stream()
                        .map(condition -> Op.get(keyspace.key(condition.key()), GetOption.DEFAULT))
                        .toArray(Op[]::new));
    }

    private Cmp comparison(Transaction.Condition condition) {
        long modified = condition.modified() == 0 ? 0 : Keyspace.there(condition.modified());
        return new Cmp(keyspace.key(condition.key()), Cmp.Op.EQUAL, CmpTarget.modRevision(modified));
    }

    private Op operation(Transaction.Step step) {
        return switch (step) {
            case Transaction.Step.Put put -> {
                PutOption.Builder option = PutOption.builder();
                put.lease().ifPresent(option::withLeaseId);
                yield Op.put(keyspace.key(put.key()), Keyspace.text(put.value()), option.build());
            }
            case Transaction.Step.Delete delete -> Op.delete(keyspace.key(delete.key()), DeleteOption.DEFAULT);
        };
    }

    Outcome outcome(TxnResponse response) {
        if (response.isSucceeded()) {
            return new Outcome.Committed(Keyspace.here(response.getHeader().getRevision()));
        }
        List<GetResponse> held = response.getGetResponses();
        for (int i = 0; i < held.size(); i++) {
            Transaction.Condition condition = transaction.conditions().get(i);
            Optional<StoreEntry> current =
                    held.get(i).getKvs().stream().map(keyspace::entry).findFirst();
            if (current.map(StoreEntry::modified).orElse(0L) != condition.modified()) {
                return new Outcome.Refused(condition, current);
            }
        }
        throw new IllegalStateException("etcd refused a transaction all of whose conditions hold");
    }

    /** That it was written by an earlier try: then all that it puts is there, of one revision, and nobody wrote since. */
    Optional<Outcome> writtenAlready(Function<String, Optional<StoreEntry>> get) {
        long revision = 0;
        for (Transaction.Step step : transaction.steps()) {
            if (step instanceof Transaction.Step.Put put) {
                Optional<StoreEntry> held =
                        get.apply(put.key()).filter(entry -> entry.value().equals(put.value()));
                if (held.isEmpty() || (revision != 0 && held.get().modified() != revision)) {
                    return Optional.empty();
                }
                revision = held.get().modified();
            }
        }
        long written = revision;
        boolean after =
                written > 0 && transaction.conditions().stream().allMatch(condition -> condition.modified() < written);
        return after ? Optional.of(new Outcome.Committed(written)) : Optional.empty();
    }
}
