package io.signalbox.mesh.controlplane;

import io.signalbox.mesh.model.InvalidValueException;
import io.signalbox.mesh.store.Store;

/**
 * Where a control plane keeps its policies and its audit log, and how much of them.
 *
 * @param revisions how many revisions of each service's policy are kept; those that can be undone to are kept anyhow
 * @param changes how many entries of the audit log are kept
 */
public record Keeping(Store store, int revisions, int changes) {

    private static final int FEW_REVISIONS = 100;
    private static final int FEW_CHANGES = 1_000;

    public Keeping {
        InvalidValueException.unless(revisions > 0, "revisions", revisions, "> 0");
        InvalidValueException.unless(changes > 0, "changes", changes, "> 0");
    }

    /** All there ever was. */
    public static Keeping everything(Store store) {
        return new Keeping(store, Integer.MAX_VALUE, Integer.MAX_VALUE);
    }

    /** The newest, so that a store in memory does not grow. */
    public static Keeping newest(Store store) {
        return new Keeping(store, FEW_REVISIONS, FEW_CHANGES);
    }
}
