package io.signalbox.mesh.controlplane;

import io.signalbox.mesh.model.InvalidValueException;
import io.signalbox.mesh.store.Store;
import java.util.Optional;

/**
 * Where a control plane keeps its policies and its audit log, and how much of them.
 *
 * @param revisions how many revisions of each service's policy are kept; those that can be undone to are kept anyhow
 * @param changes how many entries of the audit log are kept
 * @param replica this control plane among those that share the store; empty for one that has it for itself
 */
public record Keeping(Store store, int revisions, int changes, Optional<Replica> replica) {

    private static final int FEW_REVISIONS = 100;
    private static final int FEW_CHANGES = 1_000;

    public Keeping {
        InvalidValueException.unless(revisions > 0, "revisions", revisions, "> 0");
        InvalidValueException.unless(changes > 0, "changes", changes, "> 0");
    }

    /** In a store that nobody else writes to. */
    public Keeping(Store store, int revisions, int changes) {
        this(store, revisions, changes, Optional.empty());
    }

    /** All there ever was. */
    public static Keeping everything(Store store) {
        return new Keeping(store, Integer.MAX_VALUE, Integer.MAX_VALUE);
    }

    /** All there ever was, in a store that others write to as well. */
    public static Keeping shared(Store store, Replica replica) {
        return new Keeping(new HeardStore(store, replica), Integer.MAX_VALUE, Integer.MAX_VALUE, Optional.of(replica));
    }

    Leadership leadership() {
        return replica.<Leadership>map(one -> one).orElseGet(Leadership::alone);
    }

    /** The newest, so that a store in memory does not grow. */
    public static Keeping newest(Store store) {
        return new Keeping(store, FEW_REVISIONS, FEW_CHANGES);
    }
}
