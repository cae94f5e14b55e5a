package io.signalbox.mesh.proxy.http2;

import io.signalbox.mesh.proxy.io.Wire;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * How much a connection may send and take in, over all of its streams, and which of them wait for room (RFC 9113, 5.2).
 * Belongs to its loop's thread.
 */
final class FlowControl {

    /** What a peer may send on one stream before it is taken; so much is kept of it at most. */
    static final int STREAM_WINDOW = 256 * 1024;

    /** What a peer may send on all streams together, so that some that are not read do not stop the others. */
    private static final int CONNECTION_WINDOW = 64 * 1024 * 1024;

    /** How much may wait to be written before no more is taken. */
    private static final int HIGH_WATER = 64 * 1024;

    private final Wire wire;
    private final FrameWriter writer;
    private final LinkedHashSet<Http2Stream> waiting = new LinkedHashSet<>();
    private long sendWindow = Frame.USUAL_WINDOW;
    private int peerWindow = Frame.USUAL_WINDOW;
    private int receiveWindow = CONNECTION_WINDOW;
    private int taken;
    private boolean waking;

    FlowControl(Wire wire, FrameWriter writer) {
        this.wire = wire;
        this.writer = writer;
    }

    /** Allows the peer what is allowed here. */
    void open() {
        writer.windowUpdate(0, CONNECTION_WINDOW - Frame.USUAL_WINDOW);
    }

    /** How much a new stream may send. */
    int peerWindow() {
        return peerWindow;
    }

    /** The peer allows every stream that much from the start. */
    void startWith(int window, List<Http2Stream> streams) throws Http2Exception {
        if (window < 0) {
            throw Http2Exception.connection(ErrorCode.FLOW_CONTROL_ERROR, "a window that is too large");
        }
        int change = window - peerWindow;
        peerWindow = window;
        for (Http2Stream stream : streams) {
            try {
                stream.windowGrows(change);
            } catch (Http2Exception e) {
                throw Http2Exception.connection(ErrorCode.FLOW_CONTROL_ERROR, "a window that grows too large");
            }
        }
    }

    /** The peer allows all streams together more. */
    void grows(int increment) throws Http2Exception {
        if (increment == 0) {
            throw Http2Exception.connection(ErrorCode.PROTOCOL_ERROR, "a window that grows by nothing");
        }
        sendWindow += increment;
        if (sendWindow > Frame.LARGEST_WINDOW) {
            throw Http2Exception.connection(ErrorCode.FLOW_CONTROL_ERROR, "a window that grows too large");
        }
    }

    /** How much the stream may send now; when that is nothing it is told as soon as it may. */
    int room(Http2Stream stream, long streamWindow) {
        if (wire.output().pending() >= HIGH_WATER && !wire.isBlocked()) {
            boolean _ = wire.flush();
        }
        long buffered = wire.isBlocked() ? 0 : HIGH_WATER - wire.output().pending();
        long room = Math.min(buffered, Math.min(sendWindow, streamWindow));
        if (room > 0) {
            return (int) room;
        }
        waiting.add(stream);
        return 0;
    }

    void sent(int length) {
        sendWindow -= length;
    }

    /** A frame of data has come. */
    void came(int flowLength) throws Http2Exception {
        if (flowLength > receiveWindow) {
            throw Http2Exception.connection(ErrorCode.FLOW_CONTROL_ERROR, "more data than the window allows");
        }
        receiveWindow -= flowLength;
    }

    /** So much of what came has been taken, and may come again. */
    void consumed(int length) {
        taken += length;
        if (taken >= CONNECTION_WINDOW / 4 && !wire.isClosed()) {
            receiveWindow += taken;
            writer.windowUpdate(0, taken);
            wire.flushSoon();
            taken = 0;
        }
    }

    /** Lets those who wait go on, in the order in which they came; who still finds no room waits again. */
    void wakeUp() {
        if (waking || waiting.isEmpty()) {
            return;
        }
        waking = true;
        List<Http2Stream> woken = new ArrayList<>(waiting);
        waiting.clear();
        for (Http2Stream stream : woken) {
            if (!stream.isRemoved()) {
                stream.roomCame();
            }
        }
        waking = false;
    }

    void forget(Http2Stream stream) {
        waiting.remove(stream);
    }

    void close() {
        waiting.clear();
    }
}
