package io.signalbox.mesh.proxy.socket;

import io.signalbox.mesh.proxy.io.Wire;
import io.signalbox.mesh.proxy.transport.ChannelSecurity;
import io.signalbox.mesh.proxy.transport.Target;
import io.signalbox.mesh.proxy.transport.TransportLimits;
import io.signalbox.mesh.proxy.transport.UpstreamFailure;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** A connection on its way to stand: name, TCP, TLS. Belongs to its loop's thread. */
final class Connecting implements Wire.Handler {

    private final UpstreamPool pool;
    private final Target target;
    private final LoopState loop;
    private final TransportLimits limits;
    private @Nullable Wire wire;
    private boolean closed;

    Connecting(UpstreamPool pool, Target target, LoopState loop, TransportLimits limits) {
        this.pool = pool;
        this.target = target;
        this.loop = loop;
        this.limits = limits;
    }

    /** The pool is told what becomes of it, never before this returns. */
    void start() {
        InetSocketAddress literal = literal(target);
        if (literal != null) {
            open(literal);
            return;
        }
        // Looking a name up may take long; not here.
        Thread.ofVirtual().name("signalbox-resolve").start(() -> {
            InetSocketAddress address = new InetSocketAddress(target.host(), target.port());
            loop.loop().execute(() -> resolved(address));
        });
    }

    private void resolved(InetSocketAddress address) {
        if (closed) {
            return;
        }
        if (address.isUnresolved()) {
            pool.failed(this, new UpstreamFailure.ConnectFailed("the endpoint's host name is not known"));
        } else {
            open(address);
        }
    }

    private void open(InetSocketAddress address) {
        Wire.TlsPeer peer = peer();
        try {
            Wire opened = Wire.connect(loop.loop(), address, peer, this);
            wire = opened;
            Duration longest = peer == null ? limits.connect() : limits.connect().plus(limits.handshake());
            opened.deadlineIn(longest.toNanos());
        } catch (IOException e) {
            loop.loop().execute(() -> broken(e));
        }
    }

    private Wire.@Nullable TlsPeer peer() {
        ChannelSecurity security = target.security();
        if (security == null) {
            return null;
        }
        return new Secured(
                security,
                switch (target.speech()) {
                    case HTTP1 -> List.of(Secured.HTTP1);
                    case HTTP2 -> List.of(Secured.HTTP2);
                    case NEGOTIATED -> Secured.ALL;
                });
    }

    @Override
    public void connected() {
        Wire own = wire;
        if (own != null && !closed) {
            pool.connected(this, own);
        }
    }

    @Override
    public void readable() {}

    @Override
    public void drained() {}

    @Override
    public void overdue() {
        close();
        pool.failed(
                this, new UpstreamFailure.ConnectFailed("no connection to the endpoint within the connect timeout"));
    }

    @Override
    public void broken(IOException failure) {
        if (!closed) {
            close();
            pool.failed(this, unconnected(failure));
        }
    }

    private UpstreamFailure unconnected(IOException failure) {
        if (target.security() == null || failure instanceof ConnectException) {
            return new UpstreamFailure.ConnectFailed("the endpoint refused the connection or cannot be reached");
        }
        return failure instanceof SSLException
                ? new UpstreamFailure.IdentityRefused("mutual TLS with the endpoint failed: " + failure.getMessage())
                : new UpstreamFailure.ConnectFailed("the endpoint closed the connection during the TLS handshake");
    }

    void close() {
        closed = true;
        Wire own = wire;
        if (own != null) {
            own.close();
        }
    }

    private static @Nullable InetSocketAddress literal(Target target) {
        String host = target.host();
        if (host.isEmpty() || (Character.digit(host.charAt(0), 10) < 0 && host.indexOf(':') < 0)) {
            return null;
        }
        try {
            return new InetSocketAddress(InetAddress.ofLiteral(host), target.port());
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
