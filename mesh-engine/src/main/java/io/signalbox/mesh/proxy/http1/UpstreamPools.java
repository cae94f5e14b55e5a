package io.signalbox.mesh.proxy.http1;

import io.signalbox.mesh.proxy.io.Wire;
import io.signalbox.mesh.proxy.transport.ChannelSecurity;
import io.signalbox.mesh.proxy.transport.Target;
import io.signalbox.mesh.proxy.transport.TransportLimits;
import io.signalbox.mesh.proxy.transport.UpstreamFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/** One loop's pools, by target. Belongs to the loop's thread. */
final class UpstreamPools {

    private final LoopState loop;
    private final TransportLimits limits;
    private final int connectionsPerTarget;
    private final Map<Target, UpstreamPool> pools = new HashMap<>();

    UpstreamPools(LoopState loop, TransportLimits limits, int connectionsPerTarget) {
        this.loop = loop;
        this.limits = limits;
        this.connectionsPerTarget = connectionsPerTarget;
    }

    /** A connection that is kept, else a new one. */
    void acquire(Target target, UpstreamCall call) {
        pool(target).acquire(call);
    }

    /** A new connection. */
    void connect(Target target, UpstreamCall call) {
        pool(target).connect(call);
    }

    void forget(Target target, UpstreamCall call) {
        UpstreamPool pool = pools.get(target);
        if (pool != null) {
            pool.forget(call);
        }
    }

    void close(String owner) {
        for (Map.Entry<Target, UpstreamPool> entry : List.copyOf(pools.entrySet())) {
            if (entry.getKey().owner().equals(owner)) {
                entry.getValue().closeAll();
            }
        }
    }

    private UpstreamPool pool(Target target) {
        UpstreamPool pool = pools.get(target);
        if (pool == null) {
            pool = new UpstreamPool(
                    connectionsPerTarget, (own, call) -> open(own, target, call), () -> pools.remove(target));
            pools.put(target, pool);
        }
        return pool;
    }

    private void open(UpstreamPool pool, Target target, UpstreamCall call) {
        UpstreamConnection connection = new UpstreamConnection(pool, loop, limits);
        pool.opened(connection);
        InetSocketAddress literal = literal(target);
        if (literal != null) {
            connection.open(literal, peer(target.security()), call);
            return;
        }
        // Looking a name up may take long; not here.
        Thread.ofVirtual().name("signalbox-resolve").start(() -> {
            InetSocketAddress address = new InetSocketAddress(target.host(), target.port());
            loop.loop().execute(() -> {
                if (!pool.contains(connection)) {
                    return;
                }
                if (address.isUnresolved()) {
                    connection.close();
                    call.failed(new UpstreamFailure.ConnectFailed("the endpoint's host name is not known"));
                } else {
                    connection.open(address, peer(target.security()), call);
                }
            });
        });
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

    private static Wire.@Nullable TlsPeer peer(@Nullable ChannelSecurity security) {
        return security == null ? null : new Secured(security);
    }

    /** A side's security as a wire wants it. */
    record Secured(ChannelSecurity security) implements Wire.TlsPeer {

        @Override
        public SSLEngine newEngine() {
            return security.newEngine();
        }

        @Override
        public String verify(SSLEngine engine) throws IOException {
            return security.verify(engine.getSession());
        }
    }
}
