package io.signalbox.mesh.store;

import java.util.Optional;

/** What became of a transaction. */
public sealed interface Outcome {

    /**
     * Everything is written, and kept.
     *
     * @param revision of the store from then on
     */
    record Committed(long revision) implements Outcome {}

    /**
     * Nothing is written.
     *
     * @param failed the first condition that did not hold
     * @param current what its key holds
     */
    record Refused(Transaction.Condition failed, Optional<StoreEntry> current) implements Outcome {

        /** What to throw where the transaction was built on what somebody read. */
        public ChangedByAnotherException asChangedByAnother() {
            return new ChangedByAnotherException(failed.key());
        }
    }
}
