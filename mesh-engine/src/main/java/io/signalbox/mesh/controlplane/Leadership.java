package io.signalbox.mesh.controlplane;

import io.signalbox.mesh.store.Transaction;
import java.util.Optional;

/** Who does what must be done once, where several control planes share a store. Safe from any thread. */
@FunctionalInterface
public interface Leadership {

    /**
     * On what each write is conditional that only the leader may make; empty while another leads. Whoever has led and
     * does not know yet that it leads no more is refused by the store.
     */
    Optional<Transaction> fence();

    /** That of a control plane whose store nobody else writes to. */
    static Leadership alone() {
        return () -> Optional.of(Transaction.EMPTY);
    }
}
