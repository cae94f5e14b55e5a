package io.signalbox.mesh.proxy.http1;

import io.signalbox.mesh.proxy.io.Wire;
import io.signalbox.mesh.proxy.message.BadMessage;
import io.signalbox.mesh.proxy.transport.TransportLimits;
import io.signalbox.mesh.proxy.transport.UpstreamFailure;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** A connection to one target: connecting, serving one call, or idle in its pool. Belongs to its loop's thread. */
final class UpstreamConnection implements Wire.Handler {

    private static final byte[] VERSION = {'H', 'T', 'T', 'P', '/', '1', '.'};

    private final UpstreamPool pool;
    private final LoopState loop;
    private final TransportLimits limits;
    private final Inbox in;
    private final HeadScanner scanner;
    private final BodyReader body;
    private @Nullable Wire wire;
    private @Nullable UpstreamCall call;
    private boolean connected;
    private boolean fresh = true;
    private boolean silent = true;
    private boolean secured;

    UpstreamConnection(UpstreamPool pool, LoopState loop, TransportLimits limits) {
        this.pool = pool;
        this.loop = loop;
        this.limits = limits;
        in = new Inbox(loop.loop().buffers());
        scanner = new HeadScanner(limits.headerBytes());
        body = new BodyReader(loop.lines(), limits.headerBytes());
    }

    /** Begins to connect for that call. */
    void open(InetSocketAddress address, Wire.@Nullable TlsPeer peer, UpstreamCall first) {
        call = first;
        secured = peer != null;
        try {
            Wire opened = Wire.connect(loop.loop(), address, peer, this);
            wire = opened;
            opened.deadlineIn((secured ? limits.connect().plus(limits.handshake()) : limits.connect()).toNanos());
        } catch (IOException e) {
            broken(e);
        }
    }

    Wire wire() {
        Wire own = wire;
        if (own == null) {
            throw new IllegalStateException("not connected");
        }
        return own;
    }

    Inbox in() {
        return in;
    }

    BodyReader body() {
        return body;
    }

    /** Whether it has not served a call before the present one. */
    boolean isFresh() {
        return fresh;
    }

    /** Whether nothing has come for the present call. */
    boolean isSilent() {
        return silent;
    }

    @Nullable
    UpstreamCall call() {
        return call;
    }

    boolean isOpen() {
        Wire own = wire;
        return own != null && !own.isClosed();
    }

    void serve(UpstreamCall next) {
        call = next;
        silent = true;
        wire().resume();
        awaited();
    }

    /** It is the endpoint's turn: it may be silent for so long and no longer. */
    void awaited() {
        wire().deadlineIn(limits.stall().toNanos());
    }

    @Override
    public void connected() {
        connected = true;
        UpstreamCall first = call;
        if (first == null) {
            close();
        } else {
            first.acquired(this);
        }
    }

    @Override
    public void readable() {
        try {
            int count = in.fill(wire());
            UpstreamCall current = call;
            if (current == null) {
                if (count != 0) {
                    close();
                }
                return;
            }
            if (count < 0) {
                current.upstreamEnded();
            } else if (count > 0) {
                silent = false;
                awaited();
                current.answerCame();
            }
            in.keep();
        } catch (IOException e) {
            broken(e);
        }
    }

    /** The next head, if it is there as a whole. */
    @Nullable
    AnswerMessage readHead() throws BadMessage {
        if (in.isEmpty()) {
            return null;
        }
        if (scanner.isIdle() && !beginsLikeHttp()) {
            throw BadMessage.invalid("an answer that is not HTTP");
        }
        int length = scanner.find(in);
        if (length < 0) {
            return null;
        }
        if (length > scanner.limit()) {
            throw scanner.tooLarge();
        }
        scanner.reset();
        AnswerMessage message = loop.answers().read(in.bytes, in.start, length);
        in.start += length;
        return message;
    }

    private boolean beginsLikeHttp() {
        for (int i = 0; i < Math.min(VERSION.length, in.size()); i++) {
            if (in.bytes[in.start + i] != VERSION[i]) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void drained() {
        UpstreamCall current = call;
        if (current != null) {
            current.pumpRequest();
        }
    }

    /** The call is over; the connection may serve another one if it is fit for that. */
    void release(boolean reusable) {
        call = null;
        if (!reusable || !isOpen() || wire().pending() > 0 || wire().isBlocked()) {
            close();
            return;
        }
        fresh &= silent;
        in.release();
        scanner.reset();
        wire().resume();
        wire().deadlineIn(limits.pooled().toNanos());
        pool.idle(this);
    }

    @Override
    public void overdue() {
        UpstreamCall current = call;
        close();
        if (current != null) {
            current.failed(
                    connected
                            ? new UpstreamFailure.Stalled("the connection to the endpoint fell silent")
                            : new UpstreamFailure.ConnectFailed(
                                    "no connection to the endpoint within the connect timeout"));
        }
    }

    @Override
    public void broken(IOException failure) {
        UpstreamCall current = call;
        boolean inHandshake = !connected;
        close();
        if (current != null) {
            current.failed(inHandshake ? unconnected(failure) : lost(failure));
        }
    }

    private UpstreamFailure unconnected(IOException failure) {
        if (!secured || failure instanceof ConnectException) {
            return new UpstreamFailure.ConnectFailed("the endpoint refused the connection or cannot be reached");
        }
        return failure instanceof SSLException
                ? refused(failure)
                : new UpstreamFailure.ConnectFailed("the endpoint closed the connection during the TLS handshake");
    }

    /** With TLS 1.3 a server's refusal comes after the client's handshake is over. */
    private UpstreamFailure lost(IOException failure) {
        return failure instanceof SSLException && silent && fresh
                ? refused(failure)
                : new UpstreamFailure.Reset("the connection to the endpoint ended before the answer was complete");
    }

    private static UpstreamFailure refused(IOException failure) {
        return new UpstreamFailure.IdentityRefused("mutual TLS with the endpoint failed: " + failure.getMessage());
    }

    void close() {
        call = null;
        Wire own = wire;
        if (own != null) {
            own.close();
        }
        in.release();
        pool.closed(this);
    }
}
