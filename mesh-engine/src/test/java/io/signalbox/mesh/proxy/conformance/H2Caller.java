package io.signalbox.mesh.proxy.conformance;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * A caller that writes frames of HTTP/2 by hand, so that it can send what no library would. It owes nothing to the code
 * under test: fields go out as literals, and of answers only the body is looked at.
 */
final class H2Caller implements AutoCloseable {

    private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final int PATIENCE_MILLIS = 2_000;
    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int RST_STREAM = 3;
    private static final int SETTINGS = 4;
    private static final int PING = 6;
    private static final int GOAWAY = 7;
    private static final int CONTINUATION = 9;
    private static final int ACK = 1;
    private static final int END_STREAM = 1;
    private static final int END_HEADERS = 4;
    private static final int LONGEST_FRAME = 16_384;
    private static final int STREAM = 1;

    private final Socket socket;
    private final DataInputStream in;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    H2Caller(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
        in = new DataInputStream(socket.getInputStream());
        out.writeBytes(PREFACE);
        frame(SETTINGS, 0, 0, new byte[0]);
    }

    /** What a stream got. */
    sealed interface Got {

        /** A whole answer, whatever its status. */
        record Answered(String body) implements Got {}

        /** The stream or its connection ended before that. */
        record Ended(String how) implements Got {}
    }

    Got call(H2Case sent) throws IOException {
        boolean bodiless = sent.data().isEmpty() && sent.trailers() == null;
        fields(sent.head(), bodiless ? END_STREAM : 0);
        for (int i = 0; i < sent.data().size(); i++) {
            boolean last = i == sent.data().size() - 1 && sent.trailers() == null;
            frame(DATA, last ? END_STREAM : 0, STREAM, Wire.bytes(sent.data().get(i)));
        }
        if (sent.trailers() != null) {
            fields(sent.trailers(), END_STREAM);
        }
        try {
            socket.getOutputStream().write(out.toByteArray());
            return answer();
        } catch (EOFException e) {
            return new Got.Ended("closed");
        } catch (IOException e) {
            return new Got.Ended(String.valueOf(e.getMessage()));
        }
    }

    private Got answer() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (true) {
            int length = (in.readUnsignedByte() << 16) | in.readUnsignedShort();
            int type = in.readUnsignedByte();
            int flags = in.readUnsignedByte();
            int stream = in.readInt();
            byte[] payload = in.readNBytes(length);
            switch (type) {
                case DATA -> body.writeBytes(payload);
                case RST_STREAM -> {
                    return new Got.Ended("reset " + payload[3]);
                }
                case GOAWAY -> {
                    return new Got.Ended("sent away " + payload[7]);
                }
                case SETTINGS, PING -> {
                    if ((flags & ACK) == 0) {
                        out.reset();
                        frame(type, ACK, 0, type == PING ? payload : new byte[0]);
                        socket.getOutputStream().write(out.toByteArray());
                    }
                }
                default -> {}
            }
            if (stream == STREAM && type <= HEADERS && (flags & END_STREAM) != 0) {
                return new Got.Answered(Wire.text(body.toByteArray()));
            }
        }
    }

    private void fields(List<Field> fields, int flags) {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        for (Field field : fields) {
            block.write(0); // a literal that is not indexed, with a name of its own
            string(block, Wire.bytes(field.name()));
            string(block, Wire.bytes(field.value()));
        }
        byte[] bytes = block.toByteArray();
        int type = HEADERS;
        int from = 0;
        do {
            int to = Math.min(bytes.length, from + LONGEST_FRAME);
            int own = type == HEADERS ? flags : 0;
            frame(type, own | (to == bytes.length ? END_HEADERS : 0), STREAM, Arrays.copyOfRange(bytes, from, to));
            type = CONTINUATION;
            from = to;
        } while (from < bytes.length);
    }

    /** Never in Huffman's code. */
    private static void string(ByteArrayOutputStream to, byte[] bytes) {
        int length = bytes.length;
        if (length < 127) {
            to.write(length);
        } else {
            to.write(127);
            int rest = length - 127;
            for (; rest >= 128; rest >>>= 7) {
                to.write((rest & 127) | 128);
            }
            to.write(rest);
        }
        to.writeBytes(bytes);
    }

    private void frame(int type, int flags, int stream, byte[] payload) {
        out.write(payload.length >>> 16);
        out.write(payload.length >>> 8);
        out.write(payload.length);
        out.write(type);
        out.write(flags);
        for (int shift = 24; shift >= 0; shift -= 8) {
            out.write(stream >>> shift);
        }
        out.writeBytes(payload);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
