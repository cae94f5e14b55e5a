import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One gRPC stream in both directions that lasts as long as the run; each message must come back, whole and in order. */
final class LongStream {

    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final int SILENCE = (int) Duration.ofSeconds(20).toMillis();
    private static final int MESSAGE = 5 + 8;

    private final Socket socket;
    private final DataInputStream in;
    private final DataOutputStream out;
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private volatile long sent;
    private volatile boolean done;
    private volatile String failure = "";

    LongStream(int sidecar) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), sidecar);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(SILENCE);
        in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
        out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream()));
        out.write(Frame.PREFACE);
        new Frame(Frame.SETTINGS, 0, 0, new byte[0]).write(out);
        Frame.headers(
                        1,
                        0,
                        List.of(
                                ":method", "POST",
                                ":scheme", "http",
                                ":path", "/bench.Echo/Talk",
                                ":authority", "catalog",
                                "content-type", "application/grpc",
                                "te", "trailers"))
                .write(out);
        Thread.startVirtualThread(this::listen);
        Thread.startVirtualThread(this::talk);
    }

    /** Ends it; tells why it failed, empty if it did not. */
    String finish() throws IOException, InterruptedException {
        done = true;
        long patience = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(SILENCE);
        while (!socket.isClosed() && failure.isEmpty() && System.nanoTime() < patience) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
        socket.close();
        if (!failure.isEmpty()) {
            return failure;
        }
        return received.size() == sent * MESSAGE ? "" : received.size() + " bytes came of " + sent * MESSAGE;
    }

    long messages() {
        return sent;
    }

    private void talk() {
        try {
            while (!done && failure.isEmpty()) {
                new Frame(Frame.DATA, 0, 1, message(sent)).write(out);
                sent++;
                TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
            }
            new Frame(Frame.DATA, Frame.END_STREAM, 1, new byte[0]).write(out);
        } catch (IOException | InterruptedException e) {
            fail("while it sent: " + e);
        }
    }

    private void listen() {
        try {
            while (true) {
                Frame frame = Frame.read(in);
                if (frame.housekeeping(out)) {
                    continue;
                }
                if (frame.type() == Frame.DATA) {
                    check(frame.payload());
                } else if (frame.type() != Frame.HEADERS) {
                    fail("a frame of type " + frame.type());
                    return;
                }
                if (frame.ends()) {
                    if (!done) {
                        fail("it was ended");
                    }
                    socket.close();
                    return;
                }
            }
        } catch (IOException e) {
            fail("while it listened: " + e);
        }
    }

    private void check(byte[] part) {
        int from = received.size();
        received.writeBytes(part);
        byte[] all = received.toByteArray();
        for (int i = from / MESSAGE; (i + 1) * MESSAGE <= all.length; i++) {
            if (!Arrays.equals(all, i * MESSAGE, (i + 1) * MESSAGE, message(i), 0, MESSAGE)) {
                fail("message " + i + " came back as another");
            }
        }
    }

    private void fail(String how) {
        if (failure.isEmpty()) {
            failure = how;
        }
    }

    private static byte[] message(long number) {
        return ByteBuffer.allocate(MESSAGE)
                .put((byte) 0)
                .putInt(8)
                .putLong(number)
                .array();
    }
}
