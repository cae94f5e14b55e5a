import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;

/**
 * Calls servers on loopback at a steady rate and says how long answers took, in microseconds.
 *
 * <pre>java bench/Pace.java RATE SECONDS ROUNDS NAME=PORT...</pre>
 *
 * The loop is open: a request has a time at which it is due, whatever became of those before it, and its latency counts
 * from that time. It takes turns: each server is called for SECONDS in each round, and the round before the first is
 * warm-up. One line a turn: {@code ROUND NAME P50 P99 REQUESTS}.
 */
final class Pace {

    private static final int CONNECTIONS = 16;
    /** A parked thread wakes late by about 50 µs; the last stretch is waited for awake. */
    private static final long AWAKE_NANOS = 120_000;

    private final int port;
    private final double rate;
    private final long beginNanos;
    private final int requests;
    private final long[] latencies;

    private Pace(int port, double rate, double seconds) {
        this.port = port;
        this.rate = rate;
        this.requests = (int) (rate * seconds) / CONNECTIONS * CONNECTIONS;
        this.latencies = new long[requests];
        this.beginNanos = System.nanoTime() + 200_000_000;
    }

    public static void main(String[] arguments) throws Exception {
        double rate = Double.parseDouble(arguments[0]);
        double seconds = Double.parseDouble(arguments[1]);
        int rounds = Integer.parseInt(arguments[2]);
        String[] servers = Arrays.copyOfRange(arguments, 3, arguments.length);
        for (int round = 0; round <= rounds; round++) {
            for (int i = 0; i < servers.length; i++) {
                String[] server = servers[(i + round) % servers.length].split("=", 2);
                long[] sorted = new Pace(Integer.parseInt(server[1]), rate, seconds).run();
                if (round > 0) {
                    System.out.printf(
                            Locale.ROOT,
                            "%d %s %.1f %.1f %d%n",
                            round,
                            server[0],
                            sorted[sorted.length / 2] / 1e3,
                            sorted[sorted.length * 99 / 100] / 1e3,
                            sorted.length);
                }
            }
        }
    }

    private long[] run() throws Exception {
        Thread[] threads = new Thread[CONNECTIONS];
        Throwable[] failures = new Throwable[CONNECTIONS];
        for (int i = 0; i < CONNECTIONS; i++) {
            int connection = i;
            threads[i] = Thread.ofPlatform().start(() -> {
                try {
                    callOn(connection);
                } catch (IOException | RuntimeException e) {
                    failures[connection] = e;
                }
            });
        }
        for (Thread thread : threads) {
            thread.join();
        }
        for (Throwable failure : failures) {
            if (failure != null) {
                throw new IOException("port " + port + ": " + failure, failure);
            }
        }
        Arrays.sort(latencies);
        return latencies;
    }

    /** Sends every sixteenth request. */
    private void callOn(int connection) throws IOException {
        byte[] request =
                ("GET /tea HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
        byte[] buffer = new byte[16 * 1024];
        try (Socket socket = new Socket()) {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(10_000);
            socket.connect(new InetSocketAddress("127.0.0.1", port), 5_000);
            for (int i = connection; i < requests; i += CONNECTIONS) {
                long due = beginNanos + (long) (i * 1e9 / rate);
                waitUntil(due);
                socket.getOutputStream().write(request);
                readAnswer(socket.getInputStream(), buffer);
                latencies[i] = System.nanoTime() - due;
            }
        }
    }

    private static void waitUntil(long due) {
        long left = due - System.nanoTime();
        while (left > 0) {
            if (left > AWAKE_NANOS) {
                LockSupport.parkNanos(left - AWAKE_NANOS);
            } else {
                Thread.onSpinWait();
            }
            left = due - System.nanoTime();
        }
    }

    private static void readAnswer(InputStream in, byte[] buffer) throws IOException {
        int filled = 0;
        int whole = Integer.MAX_VALUE;
        while (filled < whole) {
            int read = in.read(buffer, filled, buffer.length - filled);
            if (read <= 0) {
                throw new EOFException("answer: broke off after " + filled + " bytes");
            }
            filled += read;
            if (whole == Integer.MAX_VALUE) {
                String text = new String(buffer, 0, filled, StandardCharsets.ISO_8859_1);
                int end = text.indexOf("\r\n\r\n");
                if (end >= 0) {
                    whole = end + 4 + lengthOf(text.substring(0, end));
                }
            }
        }
    }

    private static int lengthOf(String head) {
        if (!head.startsWith("HTTP/1.1 200")) {
            throw new IllegalStateException(
                    "answer: " + head.lines().findFirst().orElse("") + " (expected: 200)");
        }
        String lower = head.toLowerCase(Locale.ROOT);
        int field = lower.indexOf("content-length:");
        if (field < 0) {
            throw new IllegalStateException("answer: without a length (expected: Content-Length)");
        }
        int end = lower.indexOf('\r', field);
        return Integer.parseInt(
                lower.substring(field + 15, end < 0 ? lower.length() : end).strip());
    }
}
