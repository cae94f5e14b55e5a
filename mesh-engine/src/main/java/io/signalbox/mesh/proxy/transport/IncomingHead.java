package io.signalbox.mesh.proxy.transport;

import io.signalbox.mesh.model.RequestHead;
import org.jspecify.annotations.Nullable;

/** A request without its body, as a listener parsed it. */
public interface IncomingHead extends RequestHead {

    HttpVersion version();

    /** Path and query, byte for byte as sent; {@code *} for a request about the server as a whole. */
    String target();

    @Override
    default String query() {
        String target = target();
        int mark = target.indexOf('?');
        return mark < 0 ? "" : target.substring(mark + 1);
    }

    /** The host that is asked for, without a port: of an absolute-form target, else of {@code Host}. */
    @Nullable
    String host();

    @Override
    MessageHeaders headers();

    /** Whether a body follows, of a known or an unknown length. */
    boolean hasBody();
}
