package io.signalbox.mesh.proxy.http1;

import io.signalbox.mesh.proxy.io.Inbox;
import io.signalbox.mesh.proxy.message.BadMessage;
import io.signalbox.mesh.proxy.message.Fields;
import io.signalbox.mesh.proxy.relay.BodySource;
import org.jspecify.annotations.Nullable;

/** The bodies that come over one connection, one after another. */
record InboxBody(Inbox in, BodyReader reader) implements BodySource {

    void begin(Framing framing) {
        reader.begin(framing);
    }

    /** The input has ended; whether the body is whole by that. */
    boolean ended() {
        return reader.ended();
    }

    @Override
    public boolean read(Taker taker, int most) throws BadMessage {
        int before = in.size();
        reader.read(in, taker, most);
        return in.size() < before;
    }

    @Override
    public boolean isDone() {
        return reader.isDone();
    }

    @Override
    public @Nullable Fields trailers() {
        return reader.trailers();
    }
}
