package io.signalbox.mesh.proxy.relay;

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

    private static final byte[] NOTHING = {};

    private final BodySource source;
    private final BodyLength length;
    private final BodySource.Taker keeping = this::keptAndSent;
    private @Nullable ByteArrayOutputStream recorded;
    private BodySource.@Nullable Taker sending;
    private int limit;
    private boolean untouched = true;
    private volatile boolean replayable = true;

    RequestBody(BodySource source, BodyLength length) {
        this.source = source;
        this.length = length;
    }

    BodyLength length() {
        return length;
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
        return source.isDone();
    }

    @Nullable
    Fields trailers() {
        return source.trailers();
    }

    /** What has been read already, for an attempt that begins. */
    byte[] beginning() {
        ByteArrayOutputStream kept = recorded;
        return kept == null ? NOTHING : kept.toByteArray();
    }

    /** Hands over what there is; whether it moved on. */
    boolean read(BodySource.Taker taker, int most) throws BadMessage {
        sending = taker;
        return source.read(keeping, most);
    }

    /** Reads what there is and forgets it. */
    void skip() throws BadMessage {
        boolean _ = source.read((bytes, offset, count) -> {}, Integer.MAX_VALUE);
    }

    private void keptAndSent(byte[] bytes, int offset, int count) {
        keep(bytes, offset, count);
        BodySource.Taker next = sending;
        if (next != null) {
            next.take(bytes, offset, count);
        }
    }

    private void keep(byte[] bytes, int offset, int count) {
        untouched = false;
        ByteArrayOutputStream kept = recorded;
        if (kept == null) {
            replayable = false;
        } else if (kept.size() + count > limit) {
            recorded = null;
            replayable = false;
        } else {
            kept.write(bytes, offset, count);
        }
    }
}
