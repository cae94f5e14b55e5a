import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** One frame of HTTP/2, and the few kinds of it that are written here; header fields travel as literals. */
record Frame(int type, int flags, int stream, byte[] payload) {

    static final int DATA = 0;
    static final int HEADERS = 1;
    static final int RST_STREAM = 3;
    static final int SETTINGS = 4;
    static final int PING = 6;
    static final int GOAWAY = 7;
    static final int WINDOW_UPDATE = 8;

    static final int END_STREAM = 1;
    static final int END_HEADERS = 4;
    static final int ACK = 1;

    static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    /** Whether the stream ends with it. */
    boolean ends() {
        return (type == DATA || type == HEADERS) && (flags & END_STREAM) != 0;
    }

    /** The next one; throws at the end of the connection. */
    static Frame read(DataInputStream in) throws IOException {
        int head = in.readInt();
        int type = head & 0xff;
        int flags = in.readUnsignedByte();
        int stream = in.readInt() & 0x7fffffff;
        byte[] payload = in.readNBytes(head >>> 8);
        if (payload.length != head >>> 8) {
            throw new EOFException("a frame was cut off");
        }
        return new Frame(type, flags, stream, payload);
    }

    void write(DataOutputStream out) throws IOException {
        synchronized (out) {
            out.writeInt(payload.length << 8 | type);
            out.writeByte(flags);
            out.writeInt(stream);
            out.write(payload);
            out.flush();
        }
    }

    /** Answers what every end must answer; false for what says something of a stream. */
    boolean housekeeping(DataOutputStream out) throws IOException {
        switch (type) {
            case SETTINGS, PING -> {
                if ((flags & ACK) == 0) {
                    new Frame(type, ACK, 0, type == PING ? payload : new byte[0]).write(out);
                }
            }
            case DATA -> {
                if (payload.length > 0) {
                    window(0, payload.length).write(out);
                    if (!ends()) {
                        window(stream, payload.length).write(out);
                    }
                }
                return false;
            }
            case HEADERS, RST_STREAM, GOAWAY -> {
                return false;
            }
            default -> {}
        }
        return true;
    }

    static Frame headers(int stream, int flags, List<String> namesAndValues) {
        StringBuilder block = new StringBuilder();
        for (int i = 0; i < namesAndValues.size(); i += 2) {
            block.append('\0');
            for (String text : namesAndValues.subList(i, i + 2)) {
                block.append((char) text.length()).append(text);
            }
        }
        return new Frame(HEADERS, END_HEADERS | flags, stream, block.toString().getBytes(StandardCharsets.ISO_8859_1));
    }

    private static Frame window(int stream, int bytes) {
        return new Frame(WINDOW_UPDATE, 0, stream, new byte[] {
            (byte) (bytes >>> 24), (byte) (bytes >>> 16), (byte) (bytes >>> 8), (byte) bytes
        });
    }
}
