package io.signalbox.mesh.store;

/**
 * The store did not answer in time, so what was asked may have been done or not: reading tells which.
 *
 * <p>Where a store did answer, and refused, there is another {@link StoreException}, and nothing was written.
 */
public final class StoreUnansweredException extends StoreException {

    private static final long serialVersionUID = 1L;

    public StoreUnansweredException(String message, Throwable cause) {
        super(message, cause);
    }
}
