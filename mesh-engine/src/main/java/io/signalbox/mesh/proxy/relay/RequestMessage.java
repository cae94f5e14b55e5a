package io.signalbox.mesh.proxy.relay;

import io.signalbox.mesh.proxy.message.Fields;
import io.signalbox.mesh.proxy.transport.HttpVersion;
import io.signalbox.mesh.proxy.transport.IncomingHead;
import io.signalbox.mesh.proxy.transport.MessageHeaders;
import org.jspecify.annotations.Nullable;

/**
 * The head of a request as it was read.
 *
 * @param target path and query; of an absolute-form target these alone
 * @param authority whom the request names, with or without a port: of the target, else of {@code Host}; {@code null} when
 *     neither says one
 */
public record RequestMessage(
        HttpVersion version,
        String method,
        String target,
        @Nullable String authority,
        Fields fields,
        BodyLength length) implements IncomingHead {

    @Override
    public String path() {
        int query = target.indexOf('?');
        return query < 0 ? target : target.substring(0, query);
    }

    @Override
    public @Nullable String host() {
        String named = authority;
        if (named == null || named.isEmpty()) {
            return null;
        }
        int colon = named.lastIndexOf(':');
        return colon > named.lastIndexOf(']') ? named.substring(0, colon) : named;
    }

    @Override
    public MessageHeaders headers() {
        return fields;
    }

    @Override
    public boolean hasBody() {
        return !(length instanceof BodyLength.None);
    }

    boolean expectsContinue() {
        String expect = fields.first("Expect");
        return expect != null && expect.equalsIgnoreCase("100-continue");
    }
}
