package io.signalbox.mesh.proxy.http2;

import io.signalbox.mesh.proxy.io.Inbox;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Takes frames out of what has been read. Data is handed on as it comes; every other frame when it is whole, and a block
 * of fields when its last part is.
 */
final class FrameReader {

    /** The most that the parts of one block of fields may have together. */
    private static final int LONGEST_BLOCK = 128 * 1024;

    private final Receiver receiver;
    private int length = -1;
    private int type;
    private int flags;
    private int stream;
    private int dataLeft;
    private int padding;
    private boolean dataBegun;
    private byte @Nullable [] block;
    private int blockLength;
    private int blockStream;
    private int blockFlags;

    FrameReader(Receiver receiver) {
        this.receiver = receiver;
    }

    /** Is told of what frames say; the arrays are only lent. */
    interface Receiver {

        /** A frame of data begins; all of its payload counts for flow control. */
        void dataBegins(int stream, int flowLength) throws Http2Exception;

        void data(int stream, byte[] bytes, int offset, int length) throws Http2Exception;

        /** A frame of data is over. */
        void dataEnds(int stream, int padding, boolean last) throws Http2Exception;

        void headers(int stream, byte[] bytes, int offset, int length, boolean last) throws Http2Exception;

        void settings(byte[] bytes, int offset, int length) throws Http2Exception;

        void settingsTaken() throws Http2Exception;

        void ping(byte[] bytes, int offset, boolean answer) throws Http2Exception;

        void goAway(int lastStream, int code) throws Http2Exception;

        void windowUpdate(int stream, int increment) throws Http2Exception;

        void reset(int stream, int code) throws Http2Exception;

        /** A frame that says nothing worth acting on. */
        void idle(int stream) throws Http2Exception;
    }

    /** Whether a block of fields has begun and not ended. */
    boolean inBlock() {
        return block != null;
    }

    /** Reads what there is, as long as {@code in} and the receiver allow. */
    void read(Inbox in) throws Http2Exception {
        while (!in.isEmpty()) {
            if (length < 0) {
                if (in.size() < Frame.HEADER) {
                    return;
                }
                begin(in);
            }
            if (type == Frame.DATA) {
                if (!data(in)) {
                    return;
                }
            } else {
                if (in.size() < length) {
                    return;
                }
                int at = in.start;
                int size = length;
                in.start += size;
                length = -1;
                whole(in.bytes, at, size);
            }
        }
    }

    private void begin(Inbox in) throws Http2Exception {
        byte[] bytes = in.bytes;
        int at = in.start;
        length = ((bytes[at] & 0xff) << 16) | ((bytes[at + 1] & 0xff) << 8) | (bytes[at + 2] & 0xff);
        type = bytes[at + 3] & 0xff;
        flags = bytes[at + 4] & 0xff;
        stream = number(bytes, at + 5) & Integer.MAX_VALUE;
        in.start += Frame.HEADER;
        if (length > Frame.USUAL_LENGTH) {
            throw sizeError("a frame of more than " + Frame.USUAL_LENGTH + " bytes");
        }
        if (block != null && (type != Frame.CONTINUATION || stream != blockStream)) {
            throw protocolError("another frame in the middle of a block of fields");
        }
        if (type == Frame.DATA) {
            requireStream();
            dataLeft = length;
            padding = 0;
            dataBegun = false;
        }
    }

    /** Whether the frame is over. */
    private boolean data(Inbox in) throws Http2Exception {
        if (!dataBegun) {
            if ((flags & Frame.PADDED) != 0) {
                if (length == 0) {
                    throw sizeError("a padded frame without a length of its padding");
                }
                if (in.isEmpty()) {
                    return false;
                }
                padding = (in.bytes[in.start++] & 0xff) + 1;
                if (padding > length) {
                    throw protocolError("padding that is longer than its frame");
                }
                dataLeft = length - padding;
            }
            dataBegun = true;
            receiver.dataBegins(stream, length);
        }
        int part = Math.min(dataLeft, in.size());
        if (part > 0) {
            int at = in.start;
            in.start += part;
            dataLeft -= part;
            receiver.data(stream, in.bytes, at, part);
        }
        if (dataLeft > 0) {
            return false;
        }
        int unread = Math.max(0, padding - 1);
        if (in.size() < unread) {
            return false;
        }
        in.start += unread;
        length = -1;
        receiver.dataEnds(stream, padding, (flags & Frame.END_STREAM) != 0);
        return true;
    }

    private void whole(byte[] bytes, int at, int size) throws Http2Exception {
        switch (type) {
            case Frame.HEADERS -> headers(bytes, at, size);
            case Frame.CONTINUATION -> continuation(bytes, at, size);
            case Frame.PRIORITY -> {
                requireStream();
                if (size != 5) {
                    throw Http2Exception.stream(stream, ErrorCode.FRAME_SIZE_ERROR, "a priority of another size");
                }
                requireOtherParent(bytes, at);
                receiver.idle(stream);
            }
            case Frame.RST_STREAM -> {
                requireStream();
                requireSize(size, 4);
                receiver.reset(stream, number(bytes, at));
            }
            case Frame.SETTINGS -> settings(bytes, at, size);
            case Frame.PUSH_PROMISE -> throw protocolError("a push, which nobody may send here");
            case Frame.PING -> {
                requireNoStream();
                requireSize(size, 8);
                receiver.ping(bytes, at, (flags & Frame.ACK) != 0);
            }
            case Frame.GOAWAY -> {
                requireNoStream();
                if (size < 8) {
                    throw sizeError("a farewell of less than 8 bytes");
                }
                receiver.goAway(number(bytes, at) & Integer.MAX_VALUE, number(bytes, at + 4));
            }
            case Frame.WINDOW_UPDATE -> {
                requireSize(size, 4);
                receiver.windowUpdate(stream, number(bytes, at) & Integer.MAX_VALUE);
            }
            default -> receiver.idle(0);
        }
    }

    private void headers(byte[] bytes, int from, int size) throws Http2Exception {
        requireStream();
        int at = from;
        int end = from + size;
        if ((flags & Frame.PADDED) != 0) {
            if (size == 0) {
                throw sizeError("a padded frame without a length of its padding");
            }
            end -= bytes[at++] & 0xff;
        }
        if ((flags & Frame.WITH_PRIORITY) != 0) {
            if (end - at < 5) {
                throw protocolError("fields without the priority that was announced");
            }
            requireOtherParent(bytes, at);
            at += 5;
        }
        if (end < at) {
            throw protocolError("padding that is longer than its frame");
        }
        if ((flags & Frame.END_HEADERS) != 0) {
            receiver.headers(stream, bytes, at, end - at, (flags & Frame.END_STREAM) != 0);
            return;
        }
        block = new byte[2 * Frame.USUAL_LENGTH];
        blockLength = 0;
        blockStream = stream;
        blockFlags = flags;
        append(bytes, at, end - at);
    }

    private void continuation(byte[] bytes, int at, int size) throws Http2Exception {
        if (block == null) {
            throw protocolError("a continuation of nothing");
        }
        append(bytes, at, size);
        byte[] whole = block;
        if ((flags & Frame.END_HEADERS) != 0) {
            block = null;
            receiver.headers(blockStream, whole, 0, blockLength, (blockFlags & Frame.END_STREAM) != 0);
        } else if (size == 0) {
            receiver.idle(0);
        }
    }

    private void append(byte[] bytes, int at, int size) throws Http2Exception {
        byte[] own = block;
        if (own == null) {
            return;
        }
        if (blockLength + size > LONGEST_BLOCK) {
            throw Http2Exception.connection(
                    ErrorCode.ENHANCE_YOUR_CALM, "a block of fields of more than " + LONGEST_BLOCK + " bytes");
        }
        if (blockLength + size > own.length) {
            own = Arrays.copyOf(own, Math.max(2 * own.length, blockLength + size));
            block = own;
        }
        System.arraycopy(bytes, at, own, blockLength, size);
        blockLength += size;
    }

    private void settings(byte[] bytes, int at, int size) throws Http2Exception {
        requireNoStream();
        if ((flags & Frame.ACK) != 0) {
            requireSize(size, 0);
            receiver.settingsTaken();
        } else if (size % 6 != 0) {
            throw sizeError("settings of a size that is no multiple of 6");
        } else {
            receiver.settings(bytes, at, size);
        }
    }

    private void requireStream() throws Http2Exception {
        if (stream == 0) {
            throw protocolError("a frame of a stream without one");
        }
    }

    private void requireNoStream() throws Http2Exception {
        if (stream != 0) {
            throw protocolError("a frame of the connection on a stream");
        }
    }

    private void requireOtherParent(byte[] bytes, int at) throws Http2Exception {
        if ((number(bytes, at) & Integer.MAX_VALUE) == stream) {
            throw Http2Exception.stream(stream, ErrorCode.PROTOCOL_ERROR, "a stream that depends on itself");
        }
    }

    private static void requireSize(int size, int expected) throws Http2Exception {
        if (size != expected) {
            throw sizeError("a frame of " + size + " bytes (expected: " + expected + ")");
        }
    }

    private static Http2Exception sizeError(String why) {
        return Http2Exception.connection(ErrorCode.FRAME_SIZE_ERROR, why);
    }

    private static Http2Exception protocolError(String why) {
        return Http2Exception.connection(ErrorCode.PROTOCOL_ERROR, why);
    }

    static int number(byte[] bytes, int at) {
        return ((bytes[at] & 0xff) << 24)
                | ((bytes[at + 1] & 0xff) << 16)
                | ((bytes[at + 2] & 0xff) << 8)
                | (bytes[at + 3] & 0xff);
    }
}
