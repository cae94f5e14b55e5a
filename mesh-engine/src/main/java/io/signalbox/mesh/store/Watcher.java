package io.signalbox.mesh.store;

import java.util.List;

/**
 * Is told what changes. Called by one thread at a time, often by one that writes, so it must be quick.
 *
 * <p>A store of this process tells before the call that wrote returns; a shared one tells in its own time.
 */
public interface Watcher {

    /** All that one revision did to the keys that are watched, at least one. */
    void changed(long revision, List<StoreChange> changes);

    /**
     * The watch has ended: what came after the revision it began from is kept no more. Whoever needs it reads the keys
     * and watches from the store's revision on.
     *
     * @param oldest the revision from which a watch can begin
     */
    void tooOld(long oldest);
}
