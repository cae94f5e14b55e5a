package io.signalbox.mesh.controlplane;

import io.signalbox.mesh.store.ChangedByAnotherException;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Does something again, on what the store holds then, when another control plane wrote in between. */
final class Again {

    /** Each refusal means that somebody else has written, so this many in a row are no accident. */
    private static final int MOST = 20;

    private Again() {}

    /**
     * @param work reads, decides and writes; what it throws is thrown, but for a refusal by the store; that of one
     *     who does not lead any more is thrown too
     * @param reload takes over what the store holds; it is given the key that was in the way
     */
    static <T> T whenChanged(Supplier<T> work, Consumer<String> reload) {
        for (int refusals = 0; ; refusals++) {
            try {
                return work.get();
            } catch (ChangedByAnotherException e) {
                if (refusals == MOST || e.key().equals(Replica.LEADER)) {
                    throw e;
                }
                reload.accept(e.key());
            }
        }
    }
}
