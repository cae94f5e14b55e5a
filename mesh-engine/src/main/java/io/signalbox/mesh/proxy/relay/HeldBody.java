package io.signalbox.mesh.proxy.relay;

import io.signalbox.mesh.proxy.message.Fields;
import org.jspecify.annotations.Nullable;

/** A body that is there as a whole. */
final class HeldBody implements BodySource {

    private final byte[] bytes;
    private int given;

    HeldBody(byte[] bytes) {
        this.bytes = bytes;
    }

    @Override
    public boolean read(Taker taker, int most) {
        int count = Math.min(most, bytes.length - given);
        if (count > 0) {
            taker.take(bytes, given, count);
            given += count;
        }
        return count > 0;
    }

    @Override
    public boolean isDone() {
        return given == bytes.length;
    }

    @Override
    public @Nullable Fields trailers() {
        return null;
    }
}
