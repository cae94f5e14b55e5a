import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Callers of HTTP/2 that reset streams at every point, or leave with streams open; frames are written by hand. One stream
 * in five is let end, and must be answered.
 */
final class StreamAborts {

    private static final int THREADS = 8;
    private static final int MOST_STREAMS = 8;

    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int RESET = 3;
    private static final int SETTINGS = 4;
    private static final int GOAWAY = 7;
    private static final int WINDOW = 8;

    private final int port;
    private final long seed;
    private final AtomicLong aborted = new AtomicLong();
    private final AtomicLong served = new AtomicLong();
    private final AtomicLong wrong = new AtomicLong();

    StreamAborts(int port, long seed) {
        this.port = port;
        this.seed = seed;
    }

    /** @return what became of them; {@code wrong} counts streams that were let end and got no right answer */
    Aborts.Figures run(int count) throws InterruptedException {
        aborted.set(0);
        served.set(0);
        wrong.set(0);
        AtomicInteger left = new AtomicInteger(count);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            Random random = new Random(seed + i);
            String source = "127.0.0." + (30 + i);
            threads.add(Thread.ofPlatform().start(() -> {
                while (left.get() > 0) {
                    connection(source, random, left);
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        return new Aborts.Figures("streams aborted " + aborted + ", served " + served, aborted.get(), wrong.get());
    }

    private void connection(String source, Random random, AtomicInteger left) {
        try (Socket socket = new Socket()) {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(10_000);
            socket.bind(new InetSocketAddress(source, 0));
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            OutputStream out = socket.getOutputStream();
            DataInputStream in = new DataInputStream(new java.io.BufferedInputStream(socket.getInputStream()));
            out.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            out.write(frame(SETTINGS, 0, 0, new byte[0]));
            // What is read and dropped of aborted answers must not use the connection's window up.
            out.write(frame(WINDOW, 0, 0, number(1 << 30)));
            int streams = 1 + random.nextInt(MOST_STREAMS);
            for (int stream = 1; stream < 2 * streams; stream += 2) {
                left.decrementAndGet();
                stream(in, out, stream, random);
            }
            if (random.nextBoolean()) {
                socket.setSoLinger(true, 0);
            }
        } catch (IOException e) {
            wrong.incrementAndGet();
        }
    }

    private void stream(DataInputStream in, OutputStream out, int stream, Random random) throws IOException {
        switch (random.nextInt(5)) {
            case 0 -> {
                out.write(frame(HEADERS, 4, stream, head("POST", "/up")));
                byte[] some = new byte[random.nextInt(8_000)];
                out.write(frame(DATA, 0, stream, some));
                reset(out, stream, random);
            }
            case 1 -> {
                out.write(frame(HEADERS, 5, stream, head("GET", "/wait")));
                reset(out, stream, random);
            }
            case 2 -> {
                out.write(frame(HEADERS, 5, stream, head("GET", "/answer")));
                until(in, out, stream, DATA, 0);
                reset(out, stream, random);
            }
            case 3 -> {
                out.write(frame(HEADERS, 5, stream, head("GET", "/answer")));
                reset(out, stream, random);
            }
            default -> {
                out.write(frame(HEADERS, 5, stream, head("GET", "/small")));
                if (!until(in, out, stream, DATA, 1).endsWith("ok")) {
                    throw Main.wrong("another body than was asked for");
                }
                served.incrementAndGet();
            }
        }
    }

    /** Resets it, or leaves it open till the connection goes. */
    private void reset(OutputStream out, int stream, Random random) throws IOException {
        aborted.incrementAndGet();
        if (random.nextInt(4) > 0) {
            out.write(frame(RESET, 0, stream, number(8)));
        }
    }

    /** Reads frames until such a one of that stream comes with those flags, and returns its data. */
    private static String until(DataInputStream in, OutputStream out, int stream, int type, int flags)
            throws IOException {
        StringBuilder data = new StringBuilder();
        while (true) {
            int first = in.readInt();
            int seenFlags = in.readUnsignedByte();
            int seenStream = in.readInt() & Integer.MAX_VALUE;
            byte[] payload = in.readNBytes(first >>> 8);
            int seenType = first & 0xff;
            if (seenType == SETTINGS && seenFlags == 0) {
                out.write(frame(SETTINGS, 1, 0, new byte[0]));
            } else if (seenType == GOAWAY || (seenType == RESET && seenStream == stream)) {
                throw Main.wrong("the sidecar ended what it was asked for");
            }
            if (seenStream == stream && seenType == DATA) {
                data.append(new String(payload, StandardCharsets.ISO_8859_1));
            }
            boolean ended = (seenType == DATA || seenType == HEADERS) && (seenFlags & 1) != 0;
            if (seenStream == stream && ((seenType == type && (seenFlags & flags) == flags) || ended)) {
                return data.toString();
            }
        }
    }

    private static byte[] frame(int type, int flags, int stream, byte[] payload) {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.writeBytes(number(payload.length << 8 | type));
        frame.write(flags);
        frame.writeBytes(number(stream));
        frame.writeBytes(payload);
        return frame.toByteArray();
    }

    /** A block of literals, with no table and no Huffman code. */
    private static byte[] head(String method, String path) {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        String[] fields = {":method", method, ":scheme", "http", ":path", path, ":authority", "app"};
        for (int i = 0; i < fields.length; i += 2) {
            block.write(0);
            for (String text : List.of(fields[i], fields[i + 1])) {
                block.write(text.length());
                block.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
            }
        }
        return block.toByteArray();
    }

    private static byte[] number(int value) {
        return new byte[] {(byte) (value >>> 24), (byte) (value >>> 16), (byte) (value >>> 8), (byte) value};
    }
}
