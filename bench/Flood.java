import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Locale;

/**
 * Asks a server on loopback for more than it can serve, and counts what becomes of it.
 *
 * <pre>java Flood PORT RATE SECONDS CONNECTIONS</pre>
 *
 * The loop is open: a request has a time at which it is due, whatever became of those before it. It goes out on a
 * connection that waits for no answer, or on a new one while there are fewer than CONNECTIONS; else it is not sent. A
 * client that has waited for a second leaves: its connection is closed. One thread does everything. Prints
 * {@code DUE GOOD LATE REFUSED BROKEN UNSENT}: good is 200 within a second of when it was due, refused any other
 * status, broken a connection that ended or could not be made, unsent what found no connection.
 */
final class Flood {

    private static final long PATIENCE_NANOS = 1_000_000_000;
    private static final int LENGTH_FIELD = "\r\ncontent-length:".length();

    private final InetSocketAddress server;
    private final byte[] request;
    private final int most;
    private final Selector selector = Selector.open();
    private final ByteBuffer in = ByteBuffer.allocateDirect(64 * 1024);
    private final ArrayDeque<Connection> free = new ArrayDeque<>();
    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
    private int open;
    private long due;
    private long good;
    private long late;
    private long refused;
    private long broken;
    private long unsent;

    private Flood(int port, int most) throws IOException {
        this.server = new InetSocketAddress("127.0.0.1", port);
        this.most = most;
        this.request = ("GET /tea HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\nX-User-Type: regular\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    public static void main(String[] arguments) throws IOException {
        Flood flood = new Flood(Integer.parseInt(arguments[0]), Integer.parseInt(arguments[3]));
        flood.run(Double.parseDouble(arguments[1]), Double.parseDouble(arguments[2]));
        System.out.println(String.join(
                " ",
                Arrays.stream(new long[] {flood.due, flood.good, flood.late, flood.refused, flood.broken, flood.unsent})
                        .mapToObj(Long::toString)
                        .toList()));
    }

    private void run(double rate, double seconds) throws IOException {
        long begin = System.nanoTime();
        long requests = (long) (rate * seconds);
        while (due < requests || !waiting.isEmpty()) {
            long now = System.nanoTime();
            while (due < requests && begin + (long) (due * 1e9 / rate) <= now) {
                send(begin + (long) (due++ * 1e9 / rate));
            }
            giveUpOnThoseBefore(now - PATIENCE_NANOS);
            selector.select(this::handle, 1);
        }
    }

    private void send(long dueNanos) {
        Connection connection = free.pollLast();
        try {
            if (connection == null) {
                if (open == most) {
                    unsent++;
                    return;
                }
                connection = new Connection();
                open++;
            }
            connection.ask(dueNanos);
        } catch (IOException e) {
            if (connection == null) {
                broken++;
            } else {
                connection.broke();
            }
        }
    }

    private void giveUpOnThoseBefore(long nanos) {
        for (Waiting first = waiting.peek(); first != null; first = waiting.peek()) {
            boolean over = first.connection.turn != first.turn || !first.connection.waits;
            if (!over && first.connection.dueNanos - nanos > 0) {
                return;
            }
            waiting.poll();
            if (!over) {
                late++;
                first.connection.close();
            }
        }
    }

    private void handle(SelectionKey key) {
        Connection connection = (Connection) key.attachment();
        try {
            if (key.isConnectable()) {
                connection.connected();
            } else if (key.isReadable()) {
                connection.read();
            }
        } catch (IOException e) {
            connection.broke();
        }
    }

    /** A request that was sent; it is over when its connection has gone on to another turn. */
    private record Waiting(Connection connection, int turn) {}

    private final class Connection {
        private final SocketChannel channel = SocketChannel.open();
        private final SelectionKey key;
        private byte[] answer = {};
        private boolean waits;
        private long dueNanos;
        private int turn;

        Connection() throws IOException {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            key = channel.register(selector, 0, this);
        }

        void ask(long nanos) throws IOException {
            dueNanos = nanos;
            waits = true;
            turn++;
            waiting.add(new Waiting(this, turn));
            if (channel.isConnected()) {
                write();
            } else if (channel.connect(server)) {
                connected();
            } else {
                key.interestOps(SelectionKey.OP_CONNECT);
            }
        }

        void connected() throws IOException {
            channel.finishConnect();
            key.interestOps(SelectionKey.OP_READ);
            write();
        }

        private void write() throws IOException {
            // Smaller than any socket's buffer, and that is empty.
            if (channel.write(ByteBuffer.wrap(request)) < request.length) {
                throw new IOException("a request was not taken");
            }
        }

        void read() throws IOException {
            in.clear();
            int count = channel.read(in);
            if (count < 0) {
                broke();
                return;
            }
            int before = answer.length;
            answer = Arrays.copyOf(answer, before + count);
            in.flip().get(answer, before, count);
            String text = new String(answer, StandardCharsets.ISO_8859_1);
            int end = text.indexOf("\r\n\r\n");
            if (end < 0) {
                return;
            }
            String head = text.substring(0, end + 2).toLowerCase(Locale.ROOT);
            int field = head.indexOf("\r\ncontent-length:");
            if (field < 0) {
                throw new IOException("an answer without Content-Length");
            }
            int length = Integer.parseInt(head.substring(field + LENGTH_FIELD, head.indexOf('\r', field + 2))
                    .strip());
            if (answer.length >= end + 4 + length) {
                answered(head.startsWith("http/1.1 200 "), head.contains("\r\nconnection: close\r\n"));
            }
        }

        private void answered(boolean well, boolean closes) {
            if (waits) {
                if (!well) {
                    refused++;
                } else if (System.nanoTime() - dueNanos <= PATIENCE_NANOS) {
                    good++;
                } else {
                    late++;
                }
            }
            waits = false;
            answer = new byte[0];
            if (closes) {
                close();
            } else {
                free.add(this);
            }
        }

        void broke() {
            if (waits) {
                broken++;
            } else {
                free.remove(this);
            }
            close();
        }

        void close() {
            waits = false;
            if (channel.isOpen()) {
                open--;
                try {
                    channel.close();
                } catch (IOException e) {
                    // It is gone either way.
                }
            }
        }
    }
}
