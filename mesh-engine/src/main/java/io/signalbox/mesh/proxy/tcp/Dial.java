package io.signalbox.mesh.proxy.tcp;

import io.signalbox.mesh.proxy.io.EventLoop;
import io.signalbox.mesh.proxy.io.TlsPeer;
import io.signalbox.mesh.proxy.io.Wire;
import io.signalbox.mesh.proxy.transport.ChannelSecurity;
import io.signalbox.mesh.proxy.transport.Target;
import io.signalbox.mesh.proxy.transport.TransportLimits;
import io.signalbox.mesh.proxy.transport.UpstreamFailure;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * One try to connect to a target: name, TCP, then TLS with the proof of who is there. Belongs to its
 * loop's thread.
 */
public final class Dial implements Wire.Handler {

    private final EventLoop loop;
    private final @Nullable TlsPeer peer;
    private final TransportLimits limits;
    private final Listener listener;
    private @Nullable Wire wire;
    private boolean over;

    private Dial(EventLoop loop, Target target, TransportLimits limits, Listener listener) {
        this.loop = loop;
        ChannelSecurity security = target.security();
        peer = security == null ? null : new SecuredPeer(security, target.speech());
        this.limits = limits;
        this.listener = listener;
    }

    /** Learns what came of it: one of the two, once, and never before {@link #start} returns. */
    public interface Listener {

        /** The wire stands and must be handed over to its user at once. */
        void connected(Wire wire);

        void failed(UpstreamFailure failure);
    }

    /** Begins on the loop's thread, which must be the caller's. */
    public static Dial start(EventLoop loop, Target target, TransportLimits limits, Listener listener) {
        Dial dial = new Dial(loop, target, limits, listener);
        InetSocketAddress literal = literal(target);
        if (literal != null) {
            dial.connect(literal);
        } else {
            // Looking a name up may take long; not here.
            Thread.ofVirtual().name("signalbox-resolve").start(() -> {
                InetSocketAddress address = new InetSocketAddress(target.host(), target.port());
                loop.execute(() -> dial.connect(address));
            });
        }
        return dial;
    }

    /** Gives it up; the listener is not told. */
    public void cancel() {
        over = true;
        Wire opened = wire;
        if (opened != null) {
            opened.close();
        }
    }

    private void connect(InetSocketAddress address) {
        if (over) {
            return;
        }
        if (address.isUnresolved()) {
            loop.execute(() -> failed(new UpstreamFailure.ConnectFailed("the endpoint's host name is not known")));
            return;
        }
        try {
            Wire opened = Wire.connect(loop, address, peer, this);
            wire = opened;
            opened.deadlineIn(
                    (peer == null ? limits.connect() : limits.connect().plus(limits.handshake())).toNanos());
        } catch (IOException e) {
            loop.execute(() -> failed(unconnected(e)));
        }
    }

    private void failed(UpstreamFailure failure) {
        if (!over) {
            cancel();
            listener.failed(failure);
        }
    }

    @Override
    public void connected() {
        Wire opened = wire;
        if (!over && opened != null) {
            over = true;
            opened.noDeadline();
            listener.connected(opened);
        }
    }

    @Override
    public void readable() {}

    @Override
    public void drained() {}

    @Override
    public void overdue() {
        failed(new UpstreamFailure.ConnectFailed("no connection to the endpoint within the connect timeout"));
    }

    @Override
    public void broken(IOException failure) {
        failed(unconnected(failure));
    }

    private UpstreamFailure unconnected(IOException failure) {
        if (peer == null || failure instanceof ConnectException) {
            return new UpstreamFailure.ConnectFailed("the endpoint refused the connection or cannot be reached");
        }
        return failure instanceof SSLException
                ? new UpstreamFailure.IdentityRefused("mutual TLS with the endpoint failed: " + failure.getMessage())
                : new UpstreamFailure.ConnectFailed("the endpoint closed the connection during the TLS handshake");
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
