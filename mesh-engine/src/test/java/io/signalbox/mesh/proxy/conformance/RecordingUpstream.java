package io.signalbox.mesh.proxy.conformance;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * An application on bare sockets that reads to the letter, keeps all it reads, and answers as it was told.
 *
 * <p>Each request gets a serial number, which the ordinary answer carries in {@code X-Seen}. Threads: one accepts, one
 * serves each connection; all of them end with {@link #close}.
 */
final class RecordingUpstream implements AutoCloseable {

    /** Requests with such a target get the ordinary answer, whatever the script says. */
    static final String PROBE = "/probe/";

    private final ServerSocket listening;
    private final List<Reply> script;
    private final AtomicInteger serial = new AtomicInteger();
    private final AtomicInteger answered = new AtomicInteger();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final List<Thread> threads = new CopyOnWriteArrayList<>();
    private final ConcurrentHashMap<Integer, Seen> whole = new ConcurrentHashMap<>();
    private final List<String> partial = new CopyOnWriteArrayList<>();
    private final List<String> malformed = new CopyOnWriteArrayList<>();

    RecordingUpstream(List<Reply> script) throws IOException {
        this.script = List.copyOf(script);
        listening = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
        threads.add(Thread.startVirtualThread(this::accept));
    }

    /** One request that arrived whole. */
    record Seen(int connection, int serial, Message request) {

        @Override
        public String toString() {
            return "#" + serial + " on connection " + connection + ": " + request;
        }
    }

    int port() {
        return listening.getLocalPort();
    }

    /** In the order in which they began, probes left out. */
    List<Seen> whole() {
        return whole.values().stream()
                .sorted(Comparator.comparingInt(Seen::serial))
                .filter(seen -> !seen.request().target().startsWith(PROBE))
                .toList();
    }

    @Nullable
    Seen bySerial(int number) {
        return whole.get(number);
    }

    /** How far requests came that never became whole. */
    List<String> partial() {
        return partial;
    }

    List<String> malformed() {
        return malformed;
    }

    /** What was wrong since this was last asked. */
    List<String> newlyMalformed() {
        List<String> all = List.copyOf(malformed);
        malformed.removeAll(all);
        return all;
    }

    int lastSerial() {
        return serial.get();
    }

    /** Sends bytes that nobody asked for on the first connection. */
    void sendUnasked(String bytes) {
        try {
            OutputStream out = sockets.getFirst().getOutputStream();
            out.write(Wire.bytes(bytes));
            out.flush();
        } catch (IOException e) {
            // The sidecar has closed it already, which is as good.
        }
    }

    /** Waits so long at most for the sidecar to end the first connection. */
    boolean firstConnectionEnds(Duration longest) throws InterruptedException {
        return threads.get(1).join(longest);
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket socket = listening.accept();
                socket.setTcpNoDelay(true);
                sockets.add(socket);
                int number = sockets.size();
                Thread serving = Thread.ofVirtual().unstarted(() -> serve(socket, number));
                threads.add(serving);
                serving.start();
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket, int connection) {
        try (socket) {
            StrictReader reader = new StrictReader(new BufferedInputStream(socket.getInputStream()));
            try {
                boolean open = true;
                while (open) {
                    Message head = reader.requestHead();
                    open = head != null && exchange(new Inbound(socket, connection, reader, head));
                }
            } catch (MalformedException e) {
                malformed.add(String.valueOf(e.getMessage()));
            } catch (IOException e) {
                if (!reader.idle()) {
                    partial.add("connection " + connection + ": " + e.getMessage());
                }
            }
        } catch (IOException e) {
            // It was closed while it was being opened; nothing came by it.
        }
    }

    private record Inbound(Socket socket, int connection, StrictReader reader, Message head) {}

    private boolean exchange(Inbound inbound) throws IOException {
        int number = serial.incrementAndGet();
        Reply reply = replyTo(inbound.head(), number);
        if (reply.when() == Reply.When.AT_THE_HEAD) {
            write(inbound.socket(), reply);
            if (reply.after() != Reply.After.KEEP) {
                return false;
            }
        }
        Message request = inbound.reader().requestBody(inbound.head());
        whole.put(number, new Seen(inbound.connection(), number, request));
        if (reply.when() == Reply.When.AT_THE_END) {
            write(inbound.socket(), reply);
        }
        return reply.after() == Reply.After.KEEP;
    }

    private Reply replyTo(Message head, int number) {
        if (!head.target().startsWith(PROBE)) {
            int turn = answered.getAndIncrement();
            if (turn < script.size()) {
                return script.get(turn);
            }
        }
        String body = head.method().equals("HEAD") ? "" : Integer.toString(number);
        return Reply.of("HTTP/1.1 200 OK\nX-Seen: " + number + "\nContent-Length: " + body.length() + "\n\n" + body);
    }

    private static void write(Socket socket, Reply reply) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(Wire.bytes(reply.bytes()));
        out.flush();
        switch (reply.after()) {
            case KEEP -> {}
            case END -> socket.shutdownOutput();
            case RESET -> {
                socket.setSoLinger(true, 0);
                socket.close();
            }
        }
    }

    /** Ends every connection, and returns once all that arrived has been read. */
    @Override
    public void close() throws IOException {
        listening.close();
        for (Socket socket : sockets) {
            socket.close();
        }
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
