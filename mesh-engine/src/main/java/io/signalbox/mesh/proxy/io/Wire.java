package io.signalbox.mesh.proxy.io;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * One connected socket on its loop, plain or over TLS. Belongs to the loop's thread.
 *
 * <p>Output is gathered in {@link #output} and sent with {@link #flush}; what the socket does not take stays here, and
 * the handler is told when it is gone. Input is read by the handler when it is told to, as far as it likes; a handler
 * that wants no more says so with {@link #pause}.
 */
public final class Wire implements EventLoop.Ready {

    private static final long NEVER = Long.MAX_VALUE;

    /** Turns of one connection's input, so that a fast peer does not starve the loop's other connections. */
    private static final int MOST_TURNS = 16;

    private final EventLoop loop;
    private final SocketChannel socket;
    private final Outbox output;
    private Handler handler;
    private @Nullable SelectionKey key;
    private @Nullable TlsLayer tls;
    private boolean paused;
    private boolean idle;
    private boolean awaitsTurn;
    private boolean writeBlocked;
    private boolean flushAwaited;
    private boolean ending;
    private boolean closed;
    private long deadline = NEVER;

    private Wire(EventLoop loop, SocketChannel socket, Handler handler) {
        this.loop = loop;
        this.socket = socket;
        this.output = new Outbox(loop.buffers());
        this.handler = handler;
    }

    /** What a connection does when something happens to its socket. */
    public interface Handler {

        /** The connection stands, and over TLS the peer has been verified. */
        void connected();

        /** There may be something to read. */
        void readable();

        /** Everything that was waiting to be sent has been taken. */
        void drained();

        /** The deadline has passed. */
        void overdue();

        /** The socket failed; it is closed. */
        void broken(IOException failure);
    }

    /** Serves an accepted socket. Call on the loop's thread. */
    public static Wire accepted(EventLoop loop, SocketChannel socket, Handler handler) throws IOException {
        Wire wire = new Wire(loop, socket, handler);
        try {
            wire.open();
            wire.key = loop.register(socket, SelectionKey.OP_READ, wire);
            return wire;
        } catch (IOException | RuntimeException e) {
            wire.close();
            throw e;
        }
    }

    /** Begins to connect. Call on the loop's thread; the handler is told later, never before this returns. */
    public static Wire connect(EventLoop loop, InetSocketAddress address, @Nullable TlsPeer peer, Handler handler)
            throws IOException {
        SocketChannel socket = SocketChannel.open();
        Wire wire = new Wire(loop, socket, handler);
        try {
            wire.open();
            boolean atOnce = socket.connect(address);
            wire.key = loop.register(socket, atOnce ? SelectionKey.OP_READ : SelectionKey.OP_CONNECT, wire);
            if (peer != null) {
                wire.tls = new TlsLayer(wire, peer);
            }
            if (atOnce) {
                loop.execute(wire::established);
            }
            return wire;
        } catch (IOException | RuntimeException e) {
            wire.close();
            throw e;
        }
    }

    private void open() throws IOException {
        socket.configureBlocking(false);
        socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
        loop.added(this);
    }

    /** Speaks TLS from now on; {@code first} has been read already and belongs to it. */
    public void secure(TlsPeer peer, byte[] first, int offset, int length) {
        TlsLayer layer = new TlsLayer(this, peer);
        tls = layer;
        layer.received(first, offset, length);
        layer.handshake();
    }

    public EventLoop loop() {
        return loop;
    }

    Handler handler() {
        return handler;
    }

    /** From now on that one is told what happens; what is known already is not told again. */
    public void handOver(Handler next) {
        handler = next;
    }

    SocketChannel socket() {
        return socket;
    }

    /** The address of the peer, without its port; {@code null} once the socket is closed. */
    public @Nullable String address() {
        try {
            return socket.getRemoteAddress() instanceof InetSocketAddress remote
                    ? remote.getAddress().getHostAddress()
                    : null;
        } catch (IOException e) {
            return null;
        }
    }

    /** The identity that the peer has proven, if any. */
    public @Nullable String peer() {
        TlsLayer layer = tls;
        return layer == null ? null : layer.peer();
    }

    /** What both sides agreed to speak over TLS (ALPN); empty when they agreed on nothing, or without TLS. */
    public String protocol() {
        TlsLayer layer = tls;
        return layer == null ? "" : layer.protocol();
    }

    /** Whether what is sent here is sealed. */
    public boolean isSecured() {
        return tls != null;
    }

    /**
     * Reads what there is.
     *
     * @return how much; 0 when nothing is there, -1 at the end
     */
    public int read(ByteBuffer into) throws IOException {
        TlsLayer layer = tls;
        return layer == null ? socket.read(into) : layer.read(into);
    }

    /**
     * Whether the end that {@link #read} came to is one that the peer has not announced: over TLS, without its
     * close_notify, anybody on the way may have cut the connection (RFC 8446, 6.1).
     */
    public boolean isTruncated() {
        TlsLayer layer = tls;
        return layer != null && layer.isTruncated();
    }

    /** What the next {@link #flush} sends. */
    public Outbox output() {
        return output;
    }

    /** Whether the socket takes no more for now; {@link Handler#drained} follows. */
    public boolean isBlocked() {
        return writeBlocked;
    }

    /**
     * Sends what has been put.
     *
     * @return whether all of it is gone; if not, {@link Handler#drained} follows
     */
    public boolean flush() {
        if (closed) {
            output.drop();
            return true;
        }
        try {
            boolean done = send();
            if (!done && !writeBlocked) {
                writeBlocked = true;
                interest(SelectionKey.OP_WRITE, true);
            }
            return done;
        } catch (IOException e) {
            fail(e);
            return true;
        }
    }

    /** Sends what has been put once the loop has done all that it has to do now. */
    public void flushSoon() {
        if (!flushAwaited && !closed) {
            flushAwaited = true;
            loop.flushSoon(this);
        }
    }

    void flushNow() {
        flushAwaited = false;
        if (!closed && !writeBlocked) {
            boolean _ = flush();
        }
    }

    private boolean send() throws IOException {
        TlsLayer layer = tls;
        return layer == null ? output.writeTo(socket) : output.writeTo(layer) && layer.flush();
    }

    /** Asks for no more input until {@link #resume}. */
    public void pause() {
        paused = true;
    }

    public void resume() {
        if (!paused || closed) {
            return;
        }
        paused = false;
        interest(SelectionKey.OP_READ, true);
        TlsLayer layer = tls;
        if (layer != null && layer.hasInput()) {
            loop.execute(this::readOn);
        }
    }

    /**
     * Nothing is under way here, and what comes next begins something new: on a crowded loop it waits for its turn.
     */
    public void idle() {
        idle = true;
    }

    /** What comes belongs to what is under way, and is told at once. */
    public void busy() {
        idle = false;
    }

    /** Whether something has come that waits for its turn to begin. */
    public boolean awaitsTurn() {
        return awaitsTurn;
    }

    /** Its turn has come. */
    void goOn() {
        awaitsTurn = false;
        if (!closed && !paused) {
            interest(SelectionKey.OP_READ, true);
            readOn();
        }
    }

    /** The handler is told that it is overdue after that time, unless the deadline is moved. */
    public void deadlineIn(long nanos) {
        deadline = loop.nanos() + nanos;
    }

    public void noDeadline() {
        deadline = NEVER;
    }

    boolean isOverdue(long now) {
        return deadline != NEVER && now - deadline >= 0;
    }

    void expire() {
        if (!closed && isOverdue(loop.nanos())) {
            deadline = NEVER;
            handler.overdue();
        }
    }

    public boolean isClosed() {
        return closed;
    }

    /**
     * Says that nothing more will be sent after what has been put; input may still come.
     *
     * @return whether that has been said; if not, {@link Handler#drained} follows
     */
    public boolean shutdownOutput() {
        if (closed) {
            return true;
        }
        ending = true;
        try {
            boolean done = finishOutput();
            if (!done) {
                awaitWritable();
            }
            return done;
        } catch (IOException e) {
            fail(e);
            return true;
        }
    }

    private boolean finishOutput() throws IOException {
        TlsLayer layer = tls;
        if (!send() || (layer != null && !layer.closeOutput())) {
            return false;
        }
        ending = false;
        socket.shutdownOutput();
        return true;
    }

    /** Closes so that the peer sees a failure instead of an end. */
    public void reset() {
        if (!closed) {
            try {
                socket.setOption(StandardSocketOptions.SO_LINGER, 0);
            } catch (IOException e) {
                // Closed already, which is what is wanted.
            }
            close();
        }
    }

    @Override
    public void failed(IOException failure) {
        fail(failure);
    }

    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        loop.removed(this);
        output.drop();
        TlsLayer layer = tls;
        if (layer != null) {
            layer.release();
        }
        try {
            socket.close();
        } catch (IOException e) {
            // It is gone either way.
        }
    }

    /** Closes, and tells the handler why. */
    void fail(IOException failure) {
        if (!closed) {
            close();
            handler.broken(failure);
        }
    }

    @Override
    public void ready(int operations) {
        if (closed) {
            return;
        }
        if ((operations & SelectionKey.OP_CONNECT) != 0) {
            finishConnect();
            return;
        }
        if ((operations & SelectionKey.OP_WRITE) != 0) {
            writeReady();
        }
        if ((operations & SelectionKey.OP_READ) != 0 && !closed) {
            if (paused || awaitsTurn) {
                interest(SelectionKey.OP_READ, false);
            } else if (idle && !loop.admits(this)) {
                awaitsTurn = true;
            } else {
                readOn();
            }
        }
    }

    void readOn() {
        if (closed || paused) {
            return;
        }
        TlsLayer layer = tls;
        if (layer == null) {
            handler.readable();
            return;
        }
        if (!layer.isOpen()) {
            layer.handshake();
            return;
        }
        long before;
        int turns = 0;
        do {
            if (++turns > MOST_TURNS) {
                loop.afterOthers(this::readOn);
                return;
            }
            before = layer.unsealed();
            handler.readable();
        } while (!closed && !paused && layer.hasInput() && (layer.unsealed() != before || layer.mustTell()));
    }

    private void writeReady() {
        TlsLayer layer = tls;
        if (layer != null && !layer.isOpen()) {
            writeBlocked = false;
            interest(SelectionKey.OP_WRITE, false);
            layer.handshake();
            return;
        }
        if (flush() && !closed && (!ending || shutdownOutput()) && !closed) {
            writeBlocked = false;
            interest(SelectionKey.OP_WRITE, false);
            handler.drained();
        }
    }

    void awaitReadable(boolean wanted) {
        interest(SelectionKey.OP_READ, wanted);
    }

    /** The handshake waits for room to write. */
    void awaitWritable() {
        writeBlocked = true;
        interest(SelectionKey.OP_WRITE, true);
    }

    private void finishConnect() {
        try {
            if (socket.finishConnect()) {
                interest(SelectionKey.OP_CONNECT, false);
                interest(SelectionKey.OP_READ, true);
                established();
            }
        } catch (IOException e) {
            fail(e);
        }
    }

    private void established() {
        if (closed) {
            return;
        }
        TlsLayer layer = tls;
        if (layer == null) {
            handler.connected();
        } else {
            layer.handshake();
        }
    }

    private void interest(int operation, boolean wanted) {
        SelectionKey own = key;
        if (own != null && own.isValid()) {
            int now = own.interestOps();
            int next = wanted ? now | operation : now & ~operation;
            if (next != now) {
                own.interestOps(next);
            }
        }
    }
}
