package io.signalbox.mesh.proxy.http2;

import io.signalbox.mesh.proxy.io.Outbox;

/** Puts frames into what goes out; somebody else flushes it. */
final class FrameWriter {

    private final Outbox out;
    private int lastDataStream;
    private int lastDataAt;
    private int lastDataEnd;
    private int lastDataLayout;

    FrameWriter(Outbox out) {
        this.out = out;
    }

    void data(int stream, byte[] bytes, int offset, int length) {
        int at = offset;
        int left = length;
        while (left > 0) {
            int part = Math.min(left, Frame.USUAL_LENGTH);
            byte[] array = out.room(Frame.HEADER + part);
            int mark = out.mark();
            header(array, mark, part, Frame.DATA, 0, stream);
            System.arraycopy(bytes, at, array, mark + Frame.HEADER, part);
            out.advance(Frame.HEADER + part);
            lastDataStream = stream;
            lastDataAt = mark;
            lastDataEnd = out.mark();
            lastDataLayout = out.layout();
            at += part;
            left -= part;
        }
    }

    /** Ends a stream's data, in its last frame where that has not left yet. */
    void endData(int stream) {
        if (lastDataStream == stream && lastDataEnd == out.mark() && lastDataLayout == out.layout()) {
            out.overwrite(lastDataAt + 4, (byte) Frame.END_STREAM);
            lastDataStream = 0;
        } else {
            frame(0, Frame.DATA, Frame.END_STREAM, stream);
        }
    }

    void headers(int stream, byte[] block, int length, int flags) {
        int part = Math.min(length, Frame.USUAL_LENGTH);
        put(block, 0, part, Frame.HEADERS, flags | (part == length ? Frame.END_HEADERS : 0), stream);
        for (int at = part; at < length; at += part) {
            part = Math.min(length - at, Frame.USUAL_LENGTH);
            put(block, at, part, Frame.CONTINUATION, at + part == length ? Frame.END_HEADERS : 0, stream);
        }
    }

    private void put(byte[] bytes, int offset, int length, int type, int flags, int stream) {
        byte[] array = out.room(Frame.HEADER + length);
        int mark = out.mark();
        header(array, mark, length, type, flags, stream);
        System.arraycopy(bytes, offset, array, mark + Frame.HEADER, length);
        out.advance(Frame.HEADER + length);
    }

    /** Identifiers and values, by turns. */
    void settings(int... pairs) {
        int size = pairs.length / 2 * 6;
        frame(size, Frame.SETTINGS, 0, 0);
        for (int i = 0; i < pairs.length; i += 2) {
            byte[] array = out.room(6);
            int mark = out.mark();
            array[mark] = (byte) (pairs[i] >>> 8);
            array[mark + 1] = (byte) pairs[i];
            number(array, mark + 2, pairs[i + 1]);
            out.advance(6);
        }
    }

    void settingsTaken() {
        frame(0, Frame.SETTINGS, Frame.ACK, 0);
    }

    void ping(byte[] bytes, int offset, int flags) {
        put(bytes, offset, 8, Frame.PING, flags, 0);
    }

    void reset(int stream, int code) {
        frame(4, Frame.RST_STREAM, 0, stream);
        number(code);
    }

    void windowUpdate(int stream, int increment) {
        frame(4, Frame.WINDOW_UPDATE, 0, stream);
        number(increment);
    }

    void goAway(int lastStream, int code) {
        frame(8, Frame.GOAWAY, 0, 0);
        number(lastStream);
        number(code);
    }

    private void frame(int length, int type, int flags, int stream) {
        byte[] array = out.room(Frame.HEADER);
        header(array, out.mark(), length, type, flags, stream);
        out.advance(Frame.HEADER);
    }

    private void number(int value) {
        byte[] array = out.room(4);
        number(array, out.mark(), value);
        out.advance(4);
    }

    private static void header(byte[] array, int at, int length, int type, int flags, int stream) {
        array[at] = (byte) (length >>> 16);
        array[at + 1] = (byte) (length >>> 8);
        array[at + 2] = (byte) length;
        array[at + 3] = (byte) type;
        array[at + 4] = (byte) flags;
        number(array, at + 5, stream);
    }

    private static void number(byte[] array, int at, int value) {
        array[at] = (byte) (value >>> 24);
        array[at + 1] = (byte) (value >>> 16);
        array[at + 2] = (byte) (value >>> 8);
        array[at + 3] = (byte) value;
    }
}
