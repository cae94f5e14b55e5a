import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Callers that leave at every point of a request, with a proper end or a reset; one in ten stays, and must be served. */
final class Aborts {

    private static final int THREADS = 8;
    private static final String HEAD = "POST /up HTTP/1.1\r\nHost: app\r\nX-Some: field\r\n";

    private final int port;
    private final long seed;
    private final Map<Phase, AtomicLong> done = new EnumMap<>(Phase.class);
    private final AtomicLong resets = new AtomicLong();
    private final AtomicLong wrong = new AtomicLong();

    Aborts(int port, long seed) {
        this.port = port;
        this.seed = seed;
        for (Phase phase : Phase.values()) {
            done.put(phase, new AtomicLong());
        }
    }

    enum Phase {
        IN_HEAD,
        IN_SIZED_BODY,
        IN_CHUNKED_BODY,
        WAITING,
        IN_ANSWER,
        SECOND_REQUEST,
        NOT_AT_ALL
    }

    record Figures(String phases, long resets, long wrong) {

        @Override
        public String toString() {
            return phases + "; " + resets + " by reset";
        }
    }

    Figures run(int count) throws InterruptedException {
        done.values().forEach(one -> one.set(0));
        resets.set(0);
        wrong.set(0);
        AtomicInteger left = new AtomicInteger(count);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            Random random = new Random(seed + i);
            // Each has a source address of its own, or the ports of one would run out.
            String source = "127.0.0." + (10 + i);
            threads.add(Thread.ofPlatform().start(() -> {
                while (left.getAndDecrement() > 0) {
                    one(source, random);
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        return new Figures(done.toString(), resets.get(), wrong.get());
    }

    private void one(String source, Random random) {
        int drawn = random.nextInt(60);
        Phase phase = drawn < 6 ? Phase.NOT_AT_ALL : Phase.values()[drawn % 6];
        boolean reset = random.nextBoolean();
        try (Socket socket = new Socket()) {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(10_000);
            socket.bind(new InetSocketAddress(source, 0));
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            begin(phase, socket, random);
            if (reset && phase != Phase.NOT_AT_ALL) {
                socket.setSoLinger(true, 0);
                resets.incrementAndGet();
            }
            done.get(phase).incrementAndGet();
        } catch (IOException e) {
            if (phase == Phase.NOT_AT_ALL) {
                wrong.incrementAndGet();
            }
        }
    }

    private static void begin(Phase phase, Socket socket, Random random) throws IOException {
        OutputStream out = socket.getOutputStream();
        switch (phase) {
            case IN_HEAD -> Bodies.send(out, HEAD.substring(0, random.nextInt(HEAD.length())));
            case IN_SIZED_BODY -> {
                Bodies.send(out, HEAD + "Content-Length: 100000\r\n\r\n");
                out.write(App.BLOCK, 0, random.nextInt(App.BLOCK.length));
            }
            case IN_CHUNKED_BODY -> {
                Bodies.send(out, HEAD + "Transfer-Encoding: chunked\r\n\r\n2000\r\n");
                out.write(App.BLOCK, 0, random.nextInt(0x2000));
            }
            case WAITING -> Bodies.send(out, "GET /wait HTTP/1.1\r\nHost: app\r\n\r\n");
            case IN_ANSWER -> {
                Bodies.send(out, "GET /answer HTTP/1.1\r\nHost: app\r\n\r\n");
                socket.getInputStream().readNBytes(1 + random.nextInt(100_000));
            }
            case SECOND_REQUEST -> {
                whole(socket);
                Bodies.send(out, HEAD + "Content-Length: 10\r\n\r\n01234");
            }
            case NOT_AT_ALL -> whole(socket);
        }
    }

    private static void whole(Socket socket) throws IOException {
        Bodies.send(socket.getOutputStream(), "GET /small HTTP/1.1\r\nHost: app\r\n\r\n");
        InputStream in = new BufferedInputStream(socket.getInputStream());
        App.Message head = App.Message.read(in);
        if (head == null || !head.first().startsWith("HTTP/1.1 200") || in.readNBytes(2)[0] != 'o') {
            throw Main.wrong("no right answer");
        }
    }
}
