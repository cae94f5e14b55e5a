import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.CRC32;

/** Bodies that nobody reads on, beside requests that should not notice. */
final class Stall {

    /** More than the sockets' buffers on the way hold together, and far less than a body. */
    static final long ON_THE_WAY = 30L << 20;

    /** One on each loop, whichever loop a connection comes to. */
    private static final int STALLED = 8;

    private static final long BODY = 256L << 20;
    private static final int OTHERS = 1_000;

    private final int port;
    private final App app;

    Stall(int port, App app) {
        this.port = port;
        this.app = app;
    }

    record Figures(long down, long up, int others, long slowestMillis) {}

    Figures run() throws Exception {
        List<Socket> readers = new ArrayList<>();
        long before = app.written().get();
        for (int i = 0; i < STALLED; i++) {
            Socket reader = new Socket(InetAddress.getLoopbackAddress(), port);
            Bodies.send(
                    reader.getOutputStream(),
                    "GET /" + (i % 2 == 0 ? "sized/" : "chunked/") + BODY + " HTTP/1.1\r\nHost: app\r\n\r\n");
            readers.add(reader);
        }
        long down = (settled(app.written()) - before) / STALLED;
        app.hold();
        AtomicLong sent = new AtomicLong();
        List<Socket> writers = new ArrayList<>();
        for (int i = 0; i < STALLED; i++) {
            Socket writer = new Socket(InetAddress.getLoopbackAddress(), port);
            writers.add(writer);
            Bodies.send(
                    writer.getOutputStream(),
                    "POST /hold HTTP/1.1\r\nHost: app\r\nContent-Length: " + BODY + "\r\n\r\n");
            Thread.startVirtualThread(() -> {
                try {
                    App.pour(writer.getOutputStream(), BODY, false, sent);
                } catch (IOException e) {
                    // The answer below tells.
                }
            });
        }
        long up = settled(sent) / STALLED;
        long slowest = others();
        app.letGo();
        for (Socket reader : readers) {
            finish(reader, BODY, App.checksum(BODY));
        }
        for (Socket writer : writers) {
            finish(writer, -1, -1);
        }
        return new Figures(down, up, OTHERS, slowest);
    }

    /** The time that the slowest of many small requests takes. */
    private long others() throws IOException {
        long slowest = 0;
        for (int i = 0; i < OTHERS; i++) {
            long began = System.nanoTime();
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                socket.setSoTimeout(10_000);
                Bodies.send(socket.getOutputStream(), "GET /small HTTP/1.1\r\nHost: app\r\n\r\n");
                InputStream in = new BufferedInputStream(socket.getInputStream());
                if (!App.Message.read(in).first().startsWith("HTTP/1.1 200")) {
                    throw Main.wrong("beside stalled bodies a request failed");
                }
            }
            slowest = Math.max(slowest, System.nanoTime() - began);
        }
        return slowest / 1_000_000;
    }

    /** Reads what had stalled to its end: nothing of it may be lost. */
    private static void finish(Socket socket, long bytes, long crc) throws IOException {
        try (socket) {
            socket.setSoTimeout(60_000);
            InputStream in = new BufferedInputStream(socket.getInputStream(), 64 * 1024);
            App.Message head = App.Message.read(in);
            CRC32 read = new CRC32();
            long length = head.readBody(in, read);
            if (bytes >= 0 && (length != bytes || read.getValue() != crc)) {
                throw Main.wrong("a body that had stalled is not whole: " + length + " bytes");
            }
            if (!head.first().startsWith("HTTP/1.1 200")) {
                throw Main.wrong("a body that had stalled: " + head.first());
            }
        }
    }

    /** The count once it has stood still for a second. */
    private static long settled(AtomicLong count) throws InterruptedException {
        long before = -1;
        while (count.get() != before || before == 0) {
            before = count.get();
            Thread.sleep(1_000);
        }
        return before;
    }
}
