package io.signalbox.mesh.proxy.http2;

import io.signalbox.mesh.proxy.io.BufferPool;
import io.signalbox.mesh.proxy.message.Fields;
import io.signalbox.mesh.proxy.message.Trailers;
import io.signalbox.mesh.proxy.relay.BodySource;
import org.jspecify.annotations.Nullable;

/**
 * One stream of a connection: what came and has not been taken, and how much may be sent. Belongs to its loop's thread.
 *
 * <p>What comes is handed on straight from the connection's own array; only what nobody takes at once is kept here, never
 * more than the window that the peer was given.
 */
abstract sealed class Http2Stream implements BodySource permits CallerStream, EndpointStream {

    private static final long NEVER = Long.MAX_VALUE;
    private static final byte[] NOTHING = {};

    private final Http2Connection connection;
    private int id;
    private long sendWindow;
    private int receiveWindow = FlowControl.STREAM_WINDOW;
    private int taken;
    private byte[] kept = NOTHING;
    private int keptStart;
    private int keptEnd;
    private byte[] lent = NOTHING;
    private int lentStart;
    private int lentEnd;
    private long promised = -1;
    private long received;
    private boolean remoteEnded;
    private boolean localEnded;
    private boolean removed;
    private @Nullable Fields trailers;
    private long deadline = NEVER;

    Http2Stream(Http2Connection connection, int id) {
        this.connection = connection;
        this.id = id;
        sendWindow = connection.flow().peerWindow();
    }

    /** More data has come, or the end. */
    abstract void inputCame();

    /** There is room to send again. */
    abstract void roomCame();

    /** The peer has reset it; it is removed already. */
    abstract void wasReset(int code);

    /** The connection is gone; it is removed already. */
    abstract void lost(Exception why);

    /** Nothing happened for longer than is allowed. */
    abstract void overdue();

    int id() {
        return id;
    }

    void numbered(int number) {
        id = number;
    }

    boolean remoteEnded() {
        return remoteEnded;
    }

    boolean localEnded() {
        return localEnded;
    }

    boolean isRemoved() {
        return removed;
    }

    /** What its fields say of its body's length. */
    void promise(Fields fields) {
        promised = Lengths.promised(fields);
    }

    // -- what comes

    void dataBegins(int flowLength) throws Http2Exception {
        if (remoteEnded) {
            throw Http2Exception.stream(id, ErrorCode.STREAM_CLOSED, "data after the end");
        }
        if (flowLength > receiveWindow) {
            throw Http2Exception.stream(id, ErrorCode.FLOW_CONTROL_ERROR, "more data than its window allows");
        }
        receiveWindow -= flowLength;
    }

    void data(byte[] bytes, int offset, int length) throws Http2Exception {
        received += length;
        if (promised >= 0 && received > promised) {
            throw Requests.malformed(id, "more data than its content-length says");
        }
        lent = bytes;
        lentStart = offset;
        lentEnd = offset + length;
        inputCame();
        if (lentStart < lentEnd) {
            if (removed) {
                connection.flow().consumed(lentEnd - lentStart);
            } else {
                keep(lentEnd - lentStart);
            }
        }
        lent = NOTHING;
        lentStart = 0;
        lentEnd = 0;
    }

    void padded(int padding) {
        if (padding > 0) {
            consumed(padding);
        }
    }

    /** The peer sends no more. */
    void ends(@Nullable Fields last) throws Http2Exception {
        remoteEnded = true;
        if (promised >= 0 && received != promised) {
            throw Requests.malformed(id, "less data than its content-length says");
        }
        trailers = last == null ? null : Trailers.allowed(last);
    }

    private void keep(int length) {
        int size = keptEnd - keptStart;
        if (keptEnd + length > kept.length) {
            if (size + length > kept.length) {
                grow(size, size + length);
            } else {
                System.arraycopy(kept, keptStart, kept, 0, size);
            }
            keptStart = 0;
            keptEnd = size;
        }
        System.arraycopy(lent, lentStart, kept, keptEnd, length);
        keptEnd += length;
    }

    private void grow(int size, int needed) {
        BufferPool buffers = connection.wire().loop().buffers();
        byte[] larger = needed <= BufferPool.SIZE ? buffers.take() : new byte[Math.max(2 * kept.length, needed)];
        System.arraycopy(kept, keptStart, larger, 0, size);
        buffers.give(kept);
        kept = larger;
    }

    private void letGo() {
        connection.wire().loop().buffers().give(kept);
        kept = NOTHING;
        keptStart = 0;
        keptEnd = 0;
    }

    @Override
    public boolean read(Taker taker, int most) {
        int room = most;
        int before = room;
        if (keptStart < keptEnd) {
            int length = Math.min(room, keptEnd - keptStart);
            taker.take(kept, keptStart, length);
            keptStart += length;
            room -= length;
            if (keptStart == keptEnd) {
                letGo();
            }
        }
        if (keptStart == keptEnd && lentStart < lentEnd && room > 0) {
            int length = Math.min(room, lentEnd - lentStart);
            taker.take(lent, lentStart, length);
            lentStart += length;
            room -= length;
        }
        if (room < before) {
            consumed(before - room);
        }
        return room < before;
    }

    private void consumed(int length) {
        connection.flow().consumed(length);
        if (remoteEnded || removed) {
            return;
        }
        taken += length;
        if (taken >= FlowControl.STREAM_WINDOW / 2) {
            receiveWindow += taken;
            connection.writer().windowUpdate(id, taken);
            connection.wire().flushSoon();
            taken = 0;
        }
    }

    @Override
    public boolean isDone() {
        return remoteEnded && keptStart == keptEnd && lentStart == lentEnd;
    }

    @Override
    public @Nullable Fields trailers() {
        return trailers;
    }

    // -- what goes

    void windowGrows(long increment) throws Http2Exception {
        sendWindow += increment;
        if (sendWindow > Frame.LARGEST_WINDOW) {
            throw Http2Exception.stream(id, ErrorCode.FLOW_CONTROL_ERROR, "a window that grows too large");
        }
    }

    public int room() {
        if (localEnded || removed) {
            return 0;
        }
        return connection.flow().room(this, sendWindow);
    }

    public void body(byte[] bytes, int offset, int length) {
        if (length > 0 && !removed) {
            sendWindow -= length;
            connection.flow().sent(length);
            connection.writer().data(id, bytes, offset, length);
        }
    }

    public void end(@Nullable Fields last) {
        if (localEnded || removed) {
            return;
        }
        localEnded = true;
        if (last == null || last.count() == 0) {
            connection.writer().endData(id);
        } else {
            connection.writeTrailers(id, last);
        }
    }

    public void flush() {
        connection.wire().flushSoon();
    }

    /** Its fields alone are all that is sent. */
    void endedByHead() {
        localEnded = true;
    }

    // -- its end

    void due(long nanos) {
        deadline = connection.wire().loop().nanos() + nanos;
    }

    void notDue() {
        deadline = NEVER;
    }

    boolean isOverdue(long now) {
        return deadline != NEVER && now - deadline >= 0;
    }

    /** Takes it off its connection; what came and was not taken counts as taken there. */
    void remove() {
        if (removed) {
            return;
        }
        removed = true;
        if (keptStart < keptEnd) {
            connection.flow().consumed(keptEnd - keptStart);
        }
        letGo();
        connection.removed(this);
    }

    /** Takes it off, and tells the peer unless both sides have ended. */
    void reset(int code) {
        if (removed) {
            return;
        }
        if (!(remoteEnded && localEnded)) {
            connection.writeReset(id, code);
        }
        remove();
    }
}
