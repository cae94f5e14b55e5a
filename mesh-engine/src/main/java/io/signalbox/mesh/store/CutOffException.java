package io.signalbox.mesh.store;

/** A store that several share was not asked, since it has not answered this one for a while; nothing was written. */
public final class CutOffException extends StoreException {

    private static final long serialVersionUID = 1L;

    public CutOffException(String message) {
        super(message);
    }
}
