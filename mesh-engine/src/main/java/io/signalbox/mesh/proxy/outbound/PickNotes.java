package io.signalbox.mesh.proxy.outbound;

import io.signalbox.mesh.balance.PickListener;
import io.signalbox.mesh.balance.PickedFor;
import io.signalbox.mesh.explain.Pool;
import io.signalbox.mesh.model.Endpoint;
import org.jspecify.annotations.Nullable;

/** Learns how the endpoint of an attempt is chosen, step by step; what is told last holds. */
interface PickNotes extends PickListener {
    /** Nobody will ask. */
    PickNotes NONE = new PickNotes() {
        @Override
        public void among(Pool pool) {}

        @Override
        public void picked(PickedFor why, double score, @Nullable Endpoint other, double otherScore) {}
    };

    /** One of these is picked next. */
    void among(Pool pool);
}
