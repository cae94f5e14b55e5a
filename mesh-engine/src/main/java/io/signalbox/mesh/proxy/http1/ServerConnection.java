package io.signalbox.mesh.proxy.http1;

import io.signalbox.mesh.proxy.io.Wire;
import io.signalbox.mesh.proxy.message.BadMessage;
import io.signalbox.mesh.proxy.transport.TransportLimits;
import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A caller's connection: reads one request after another, and gives each to the handler once the one before has been
 * answered. Belongs to its loop's thread.
 */
final class ServerConnection implements Wire.Handler {

    private static final int TLS_HANDSHAKE = 22;

    /** How long a head may take from its first byte. */
    private static final Duration HEAD = Duration.ofSeconds(30);

    /** How long, after an answer that ends the connection, what the caller still sends is read and dropped. */
    private static final Duration LINGER = Duration.ofSeconds(1);

    private final Http1Listener listener;
    private final TransportLimits limits;
    private final LoopState loop;
    private final Inbox in;
    private final HeadScanner scanner;
    private final BodyReader bodies;
    private final Wire wire;
    private boolean sniffing;
    private boolean taking;
    private boolean inputEnded;
    private boolean lingering;
    private @Nullable ServerCall call;
    private @Nullable Runnable whenSent;

    private ServerConnection(Http1Listener listener, LoopState loop, SocketChannel socket) throws IOException {
        this.listener = listener;
        this.loop = loop;
        limits = listener.limits();
        in = new Inbox(loop.loop().buffers());
        scanner = new HeadScanner(limits.headerBytes());
        bodies = new BodyReader(loop.lines(), limits.headerBytes());
        sniffing = listener.security() != null;
        wire = Wire.accepted(loop.loop(), socket, this);
        wire.deadlineIn((sniffing ? limits.handshake() : limits.kept()).toNanos());
    }

    static void open(Http1Listener listener, LoopState loop, SocketChannel socket) {
        try {
            listener.add(new ServerConnection(listener, loop, socket));
        } catch (IOException e) {
            try {
                socket.close();
            } catch (IOException ignored) {
                // The caller has gone already.
            }
        }
    }

    Wire wire() {
        return wire;
    }

    LoopState loop() {
        return loop;
    }

    Inbox in() {
        return in;
    }

    TransportLimits limits() {
        return limits;
    }

    boolean isClosing() {
        return listener.isClosing() || inputEnded;
    }

    boolean inputEnded() {
        return inputEnded;
    }

    @Override
    public void connected() {
        wire.deadlineIn(limits.kept().toNanos());
    }

    @Override
    public void readable() {
        try {
            int count = in.fill(wire);
            if (count < 0) {
                ended();
                return;
            }
            if (count > 0) {
                received();
            }
        } catch (IOException e) {
            broken(e);
        }
    }

    private void received() {
        ServerCall current = call;
        if (sniffing) {
            sniff();
        } else if (lingering) {
            in.release();
        } else if (current == null) {
            take();
        } else {
            current.inputCame();
            if (call != null && in.size() >= limits.headerBytes()) {
                wire.pause();
            }
        }
        in.keep();
    }

    private void sniff() {
        Wire.TlsPeer peer = listener.security();
        sniffing = false;
        if (peer != null && in.bytes[in.start] == TLS_HANDSHAKE) {
            byte[] first = in.bytes;
            int start = in.start;
            int length = in.size();
            in.start = in.end;
            wire.secure(peer, first, start, length);
        } else if (listener.plainAllowed()) {
            take();
        } else {
            close();
        }
    }

    /** Takes in the requests that are there, one after another as they are answered. */
    private void take() {
        if (taking) {
            return;
        }
        taking = true;
        try {
            while (call == null && !in.isEmpty() && !wire.isClosed() && !lingering) {
                if (!takeOne()) {
                    break;
                }
            }
        } catch (BadMessage e) {
            refuse(e.status());
        } finally {
            taking = false;
        }
        if (call == null && inputEnded && !lingering) {
            close();
        }
    }

    private boolean takeOne() throws BadMessage {
        if (scanner.isIdle()) {
            skipEmptyLines();
            if (in.isEmpty() || (in.size() == 1 && in.bytes[in.start] == '\r')) {
                return false;
            }
            wire.deadlineIn(HEAD.toNanos());
        }
        boolean lineKnown = scanner.inFields();
        int length = scanner.find(in);
        if (length < 0) {
            if (!lineKnown && scanner.inFields()) {
                RequestReader.requireLine(in.bytes, in.start);
            }
            return false;
        }
        if (length > scanner.limit()) {
            throw scanner.tooLarge();
        }
        scanner.reset();
        RequestMessage message = loop.requests().read(in.bytes, in.start, length);
        in.start += length;
        wire.noDeadline();
        listener.requests().enter();
        ServerCall next =
                new ServerCall(this, message, message.hasBody() ? new RequestBody(bodies, message.framing()) : null);
        call = next;
        listener.handle(next);
        return true;
    }

    /** An empty line or two before a request is forgiven (RFC 9112, 2.2). */
    private void skipEmptyLines() {
        while (in.size() >= 2 && in.bytes[in.start] == '\r' && in.bytes[in.start + 1] == '\n') {
            in.start += 2;
        }
    }

    private void refuse(int status) {
        Refusal.write(wire, status);
        sendAndClose();
    }

    private void ended() {
        inputEnded = true;
        wire.pause();
        ServerCall current = call;
        if (lingering || current == null) {
            close();
        } else if (wire.peer() != null) {
            // A sidecar ends its connection only when it has given the call up.
            broken(new EOFException("the caller left"));
        } else {
            current.inputEnded();
        }
    }

    /** Sends what has been put, and then runs that; it must be the last thing a caller does. */
    void send(Runnable then) {
        boolean sent = wire.flush();
        if (wire.isClosed()) {
            return;
        }
        if (sent) {
            then.run();
        } else {
            whenSent = then;
            awaited();
        }
    }

    /** It is the caller's turn, to send or to take: it may be silent for so long and no longer. */
    void awaited() {
        wire.deadlineIn(limits.stall().toNanos());
    }

    @Override
    public void drained() {
        Runnable then = whenSent;
        whenSent = null;
        if (then != null) {
            wire.noDeadline();
            then.run();
        } else if (call != null) {
            call.outputDrained();
        }
    }

    /** The call is over and its answer sent. */
    void finished(boolean persistent) {
        call = null;
        listener.requests().leave();
        if (wire.isClosed()) {
            return;
        }
        if (!persistent || listener.isClosing()) {
            sendAndClose();
            return;
        }
        wire.deadlineIn(limits.kept().toNanos());
        wire.resume();
        take();
        in.keep();
    }

    /** The call is over, and its connection with it. */
    void brokenOff() {
        call = null;
        listener.requests().leave();
        wire.reset();
        closed();
    }

    /** Ends the output, and reads on for a moment: closing at once could destroy the answer on its way. */
    private void sendAndClose() {
        lingering = true;
        in.release();
        send(() -> {
            wire.shutdownOutput();
            if (inputEnded) {
                close();
            } else {
                wire.deadlineIn(LINGER.toNanos());
                wire.resume();
            }
        });
    }

    @Override
    public void overdue() {
        if (call != null) {
            wire.reset();
            broken(new IOException("the caller fell silent in the middle of its request or of its answer"));
        } else if (!lingering && !scanner.isIdle()) {
            refuse(408);
        } else {
            close();
        }
    }

    @Override
    public void broken(IOException failure) {
        wire.close();
        ServerCall current = call;
        call = null;
        if (current != null) {
            listener.requests().leave();
            current.callerGone();
        }
        closed();
    }

    void close() {
        wire.close();
        ServerCall current = call;
        if (current != null) {
            broken(new IOException("the listener is closing"));
        } else {
            closed();
        }
    }

    private void closed() {
        in.release();
        listener.remove(this);
    }
}
