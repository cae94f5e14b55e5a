package io.signalbox.mesh.proxy.http1;

import io.signalbox.mesh.proxy.message.BadMessage;
import io.signalbox.mesh.proxy.message.Fields;
import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * The body of one request, read by one attempt after another.
 *
 * <p>While recording, what has been read is kept up to a limit and the next attempt gets it first; past the limit
 * nothing is kept, and the body cannot be sent again.
 */
final class RequestBody {

    private final BodyReader reader;
    private final Framing framing;
    private @Nullable ByteArrayOutputStream recorded;
    private int limit;
    private boolean untouched = true;
    private volatile boolean replayable = true;

    RequestBody(BodyReader reader, Framing framing) {
        this.reader = reader;
        this.framing = framing;
        reader.begin(framing);
    }

    Framing framing() {
        return framing;
    }

    void record(int limitBytes) {
        if (untouched) {
            recorded = new ByteArrayOutputStream();
            limit = limitBytes;
        }
    }

    void stopRecording() {
        recorded = null;
        replayable = untouched;
    }

    /** Whether an attempt that began now would send the whole body. May be asked from any thread. */
    boolean replayable() {
        return replayable;
    }

    boolean isDone() {
        return reader.isDone();
    }

    @Nullable
    Fields trailers() {
        return reader.trailers();
    }

    /** What has been read already, for an attempt that begins. */
    byte[] beginning() {
        ByteArrayOutputStream kept = recorded;
        return kept == null ? new byte[0] : kept.toByteArray();
    }

    void read(Inbox in, BodyReader.Sink sink, int most) throws BadMessage {
        reader.read(
                in,
                (bytes, offset, length) -> {
                    keep(bytes, offset, length);
                    sink.body(bytes, offset, length);
                },
                most);
    }

    /** Reads what there is and forgets it. */
    void skip(Inbox in) throws BadMessage {
        reader.read(in, (bytes, offset, length) -> {}, Integer.MAX_VALUE);
    }

    private void keep(byte[] bytes, int offset, int length) {
        untouched = false;
        ByteArrayOutputStream kept = recorded;
        if (kept == null) {
            replayable = false;
        } else if (kept.size() + length > limit) {
            recorded = null;
            replayable = false;
        } else {
            kept.write(bytes, offset, length);
        }
    }
}
