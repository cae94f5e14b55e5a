package io.signalbox.mesh.proxy.http1;

import io.signalbox.mesh.proxy.message.Fields;
import io.signalbox.mesh.proxy.relay.RequestMessage;
import io.signalbox.mesh.proxy.transport.HttpVersion;
import org.jspecify.annotations.Nullable;

/**
 * The head of a request as it was read, with what concerns its connection alone.
 *
 * @param http11 whether the caller speaks HTTP/1.1, and not 1.0
 */
record Http1Request(RequestMessage message, boolean http11, Framing framing) {

    static Http1Request of(
            String method, String target, @Nullable String authority, boolean http11, Fields fields, Framing framing) {
        return new Http1Request(
                new RequestMessage(
                        HttpVersion.ofHttp1(http11), method, target, authority, fields, Framing.bodyLength(framing)),
                http11,
                framing);
    }

    /** Whether the connection may be used again after the answer. */
    boolean persistent() {
        return ConnectionOptions.persistent(message.fields(), http11);
    }
}
