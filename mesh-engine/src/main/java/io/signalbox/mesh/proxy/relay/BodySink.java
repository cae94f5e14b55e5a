package io.signalbox.mesh.proxy.relay;

import io.signalbox.mesh.proxy.message.Fields;
import org.jspecify.annotations.Nullable;

/** Takes the body of a message that has begun, at its own pace. Belongs to its loop's thread. */
public interface BodySink {

    /** How many bytes it takes now; after a 0 it tells when it takes more. */
    int room();

    /** Takes part of the body, never more than there is {@link #room} for. */
    void body(byte[] bytes, int offset, int length);

    /** The body is whole. */
    void end(@Nullable Fields trailers);

    /** Sends what has been taken. */
    void flush();
}
