import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.CRC32;

/**
 * The application behind the sidecar: HTTP/1.1 on blocking sockets, a virtual thread a connection.
 *
 * <p>{@code /small}, {@code /wait} and {@code /answer} are answered shortly, after 20 ms, and with 256 KiB;
 * {@code /sized/N} and {@code /chunked/N} with N bytes; {@code /up} with what came; {@code /hold} reads nothing before
 * {@link #letGo}.
 */
final class App implements AutoCloseable {

    static final byte[] BLOCK = new byte[64 * 1024];

    static {
        new java.util.Random(9110).nextBytes(BLOCK);
    }

    private final ServerSocket listening = new ServerSocket(0, 1024, InetAddress.getLoopbackAddress());
    private final AtomicLong written = new AtomicLong();
    private volatile CountDownLatch held = new CountDownLatch(1);

    App() throws IOException {
        Thread.startVirtualThread(() -> {
            while (!listening.isClosed()) {
                try {
                    Socket socket = listening.accept();
                    Thread.startVirtualThread(() -> serve(socket));
                } catch (IOException e) {
                    // It was closed, or a caller left before it was taken.
                }
            }
        });
    }

    int port() {
        return listening.getLocalPort();
    }

    /** Bytes of long bodies written so far. */
    AtomicLong written() {
        return written;
    }

    void hold() {
        held = new CountDownLatch(1);
    }

    void letGo() {
        held.countDown();
    }

    /** CRC-32 of a body of that length. */
    static long checksum(long bytes) {
        CRC32 crc = new CRC32();
        for (long left = bytes; left > 0; left -= BLOCK.length) {
            crc.update(BLOCK, 0, (int) Math.min(left, BLOCK.length));
        }
        return crc.getValue();
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(socket.getInputStream(), 64 * 1024);
            while (answer(Message.read(in), in, socket.getOutputStream())) {}
        } catch (IOException | InterruptedException e) {
            // Callers that leave are what this is about.
        }
    }

    private boolean answer(Message request, InputStream in, OutputStream out) throws IOException, InterruptedException {
        if (request == null) {
            return false;
        }
        String path = request.first().split(" ")[1];
        if (path.equals("/hold")) {
            held.await();
        }
        CRC32 crc = new CRC32();
        long length = request.readBody(in, crc);
        switch (path.split("/")[1]) {
            case "wait" -> {
                Thread.sleep(20);
                text(out, "late");
            }
            case "answer" -> pour(out, 256 * 1024, false);
            case "sized" -> pour(out, Long.parseLong(path.split("/")[2]), false);
            case "chunked" -> pour(out, Long.parseLong(path.split("/")[2]), true);
            case "up", "hold" -> text(out, length + " " + crc.getValue());
            default -> text(out, "ok");
        }
        return true;
    }

    private static void text(OutputStream out, String body) throws IOException {
        out.write(("HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
                .getBytes(StandardCharsets.ISO_8859_1));
    }

    private void pour(OutputStream out, long bytes, boolean chunked) throws IOException {
        out.write(("HTTP/1.1 200 OK\r\n" + (chunked ? "Transfer-Encoding: chunked" : "Content-Length: " + bytes)
                        + "\r\n\r\n")
                .getBytes(StandardCharsets.ISO_8859_1));
        pour(out, bytes, chunked, written);
    }

    static void pour(OutputStream out, long bytes, boolean chunked, AtomicLong count) throws IOException {
        for (long left = bytes; left > 0; left -= BLOCK.length) {
            int size = (int) Math.min(left, BLOCK.length);
            if (chunked) {
                out.write((Integer.toHexString(size) + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
            }
            out.write(BLOCK, 0, size);
            if (chunked) {
                out.write("\r\n".getBytes(StandardCharsets.ISO_8859_1));
            }
            count.addAndGet(size);
        }
        if (chunked) {
            out.write("0\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
        }
        out.flush();
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }

    /** The head of a request or of an answer, and how to read what follows. */
    record Message(String first, long length, boolean chunked) {

        /** {@code null} at the end. */
        static Message read(InputStream in) throws IOException {
            String first = line(in);
            if (first == null) {
                return null;
            }
            long length = 0;
            boolean chunked = false;
            for (String line = line(in); line != null && !line.isEmpty(); line = line(in)) {
                if (line.regionMatches(true, 0, "Content-Length:", 0, 15)) {
                    length = Long.parseLong(line.substring(15).strip());
                } else if (line.regionMatches(true, 0, "Transfer-Encoding:", 0, 18)) {
                    chunked = true;
                }
            }
            return new Message(first, length, chunked);
        }

        long readBody(InputStream in, CRC32 crc) throws IOException {
            if (!chunked) {
                take(in, length, crc);
                return length;
            }
            long total = 0;
            for (long size = size(in); size > 0; size = size(in)) {
                take(in, size, crc);
                line(in);
                total += size;
            }
            line(in);
            return total;
        }

        private static long size(InputStream in) throws IOException {
            String line = line(in);
            if (line == null) {
                throw new EOFException();
            }
            return Long.parseLong(line, 16);
        }

        static void take(InputStream in, long bytes, CRC32 crc) throws IOException {
            byte[] block = new byte[(int) Math.min(bytes, 64 * 1024)];
            for (long left = bytes; left > 0; ) {
                int count = in.read(block, 0, (int) Math.min(left, block.length));
                if (count < 0) {
                    throw new EOFException("the body broke off with " + left + " bytes to come");
                }
                crc.update(block, 0, count);
                left -= count;
            }
        }

        private static String line(InputStream in) throws IOException {
            StringBuilder line = new StringBuilder();
            for (int c = in.read(); c != '\n'; c = in.read()) {
                if (c < 0) {
                    return null;
                }
                if (c != '\r') {
                    line.append((char) c);
                }
            }
            return line.toString();
        }
    }
}
