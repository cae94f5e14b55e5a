package io.signalbox.mesh.store;

/**
 * The store could not do what it was asked; the message says what, where and what was expected.
 *
 * <p>A transaction that ends so was not acknowledged. It may still have been written when the disk failed at the very
 * end, so whoever writes again does it by compare-and-set.
 */
public class StoreException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public StoreException(String message) {
        super(message);
    }

    public StoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
