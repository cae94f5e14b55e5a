package io.signalbox.mesh.store;

/** A condition of a transaction did not hold: somebody else wrote that key since it was read. Nothing is written. */
public final class ChangedByAnotherException extends StoreException {

    private static final long serialVersionUID = 1L;

    private final String key;

    ChangedByAnotherException(String key) {
        super("store: " + key + " was changed by another (expected: nobody who writes it just then; try again)");
        this.key = key;
    }

    /** Which key holds something else than what was read. */
    public String key() {
        return key;
    }
}
