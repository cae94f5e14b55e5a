package io.signalbox.mesh.proxy.socket;

import io.signalbox.mesh.proxy.http1.Http1Caller;
import io.signalbox.mesh.proxy.http2.Http2Caller;
import io.signalbox.mesh.proxy.io.Inbox;
import io.signalbox.mesh.proxy.io.TlsPeer;
import io.signalbox.mesh.proxy.io.Wire;
import io.signalbox.mesh.proxy.relay.CallerConnection;
import io.signalbox.mesh.proxy.tcp.Alpn;
import java.io.IOException;
import java.nio.channels.SocketChannel;

/**
 * A connection of which it is not known yet what it speaks: TLS or plain text by its first byte, HTTP/2 by ALPN or by
 * the preface that no HTTP/1.1 request can begin with (RFC 9113, 3.4). Belongs to its loop's thread.
 */
final class Entrance implements Wire.Handler, CallerConnection {

    private static final int TLS_HANDSHAKE = 22;
    private static final byte[] PREFACE = Http2Caller.preface();

    private final SocketListener listener;
    private final LoopState loop;
    private final Inbox in;
    private final Wire wire;
    private final long opened;
    private boolean sniffing;

    private Entrance(SocketListener listener, LoopState loop, SocketChannel socket) throws IOException {
        this.listener = listener;
        this.loop = loop;
        in = new Inbox(loop.loop().buffers());
        opened = loop.loop().nanos();
        sniffing = listener.security() != null;
        wire = Wire.accepted(loop.loop(), socket, this);
        wire.idle();
        wire.deadlineIn(
                (sniffing ? listener.limits().handshake() : listener.limits().kept()).toNanos());
    }

    static void open(SocketListener listener, LoopState loop, SocketChannel socket) {
        try {
            Entrance entrance = new Entrance(listener, loop, socket);
            listener.opened(entrance, loop.loop());
        } catch (IOException e) {
            listener.seats().leave();
            try {
                socket.close();
            } catch (IOException ignored) {
                // The caller has gone already.
            }
        }
    }

    @Override
    public void connected() {
        switch (wire.protocol()) {
            case Alpn.HTTP2 -> http2();
            case Alpn.HTTP1 -> http1();
            default -> wire.deadlineIn(listener.limits().kept().toNanos());
        }
    }

    @Override
    public void readable() {
        try {
            int count = in.fill(wire);
            if (count < 0) {
                close();
            } else if (count > 0) {
                received();
            }
        } catch (IOException e) {
            broken(e);
        }
    }

    private void received() {
        if (sniffing) {
            sniff();
        } else {
            choose();
        }
        in.keep();
    }

    private void sniff() {
        TlsPeer peer = listener.security();
        sniffing = false;
        if (peer != null && in.bytes[in.start] == TLS_HANDSHAKE) {
            byte[] first = in.bytes;
            int start = in.start;
            int length = in.size();
            in.start = in.end;
            wire.secure(peer, first, start, length);
        } else if (listener.plainAllowed()) {
            choose();
        } else {
            close();
        }
    }

    private void choose() {
        int matching = 0;
        int most = Math.min(PREFACE.length, in.size());
        while (matching < most && in.bytes[in.start + matching] == PREFACE[matching]) {
            matching++;
        }
        if (matching < most) {
            http1();
        } else if (matching == PREFACE.length) {
            http2();
        }
    }

    private void http1() {
        Http1Caller next = new Http1Caller(wire, in, listener, loop.pools(), loop.http1(), listener.limits());
        listener.replaced(this, next, loop.loop());
        next.begin();
    }

    private void http2() {
        wire.busy();
        Http2Caller next = new Http2Caller(wire, in, listener, loop.pools(), loop.http2(), listener.limits());
        listener.replaced(this, next, loop.loop());
        next.begin();
    }

    @Override
    public void drained() {}

    @Override
    public void overdue() {
        close();
    }

    @Override
    public void broken(IOException failure) {
        close();
    }

    /** A handshake has a deadline of its own. */
    @Override
    public long idleNanos(long now) {
        return listener.security() == null && !wire.awaitsTurn() ? now - opened : 0;
    }

    @Override
    public void drain() {
        if (!wire.awaitsTurn()) {
            close();
        }
    }

    @Override
    public void close() {
        wire.close();
        in.release();
        listener.closed(this);
    }
}
