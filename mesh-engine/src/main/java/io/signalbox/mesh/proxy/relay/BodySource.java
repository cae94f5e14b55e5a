package io.signalbox.mesh.proxy.relay;

import io.signalbox.mesh.proxy.message.BadMessage;
import io.signalbox.mesh.proxy.message.Fields;
import org.jspecify.annotations.Nullable;

/** Gives a body, as far as it has come. Belongs to its loop's thread. */
public interface BodySource {

    /** Takes part of a body; the array is only lent. */
    @FunctionalInterface
    interface Taker {
        void take(byte[] bytes, int offset, int length);
    }

    /**
     * Hands over what is there.
     *
     * @param most so many bytes and no more
     * @return whether it moved on
     */
    boolean read(Taker taker, int most) throws BadMessage;

    /** Whether the whole body has been handed over. */
    boolean isDone();

    /** After the end: the trailers, if there were any. */
    @Nullable
    Fields trailers();
}
