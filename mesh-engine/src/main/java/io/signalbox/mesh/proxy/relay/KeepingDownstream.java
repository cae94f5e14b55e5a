package io.signalbox.mesh.proxy.relay;

import io.signalbox.mesh.mirror.KeptAnswer;

/** A caller of whose answer a copy is kept as it passes. Belongs to its loop's thread. */
final class KeepingDownstream extends ForwardingDownstream {

    private final KeptAnswer copy;

    KeepingDownstream(Downstream caller, KeptAnswer copy) {
        super(caller);
        this.copy = copy;
    }

    @Override
    public void body(byte[] bytes, int offset, int length) {
        copy.body(bytes, offset, length);
        super.body(bytes, offset, length);
    }
}
