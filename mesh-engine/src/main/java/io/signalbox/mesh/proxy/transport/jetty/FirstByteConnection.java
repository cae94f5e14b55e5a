package io.signalbox.mesh.proxy.transport.jetty;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.Supplier;
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.util.BufferUtil;
import org.jspecify.annotations.Nullable;

/** Tells TLS from plain text by the first byte (22 begins a TLS handshake record), then makes way for either. */
final class FirstByteConnection extends AbstractConnection implements Connection.UpgradeFrom {

    private static final int HANDSHAKE_RECORD = 22;

    private final ByteBuffer first = BufferUtil.allocate(1);
    private final Supplier<Connection> plain;
    private final Supplier<Connection> secured;

    FirstByteConnection(
            Connector connector, EndPoint endPoint, Supplier<Connection> plain, Supplier<Connection> secured) {
        super(endPoint, connector.getExecutor());
        this.plain = plain;
        this.secured = secured;
    }

    @Override
    public void onOpen() {
        super.onOpen();
        fillInterested();
    }

    @Override
    public void onFillable() {
        try {
            int filled = getEndPoint().fill(first);
            if (filled < 0) {
                getEndPoint().close();
            } else if (filled == 0) {
                fillInterested();
            } else {
                boolean handshake = first.get(first.position()) == HANDSHAKE_RECORD;
                getEndPoint().upgrade(handshake ? secured.get() : plain.get());
            }
        } catch (IOException e) {
            getEndPoint().close(e);
        }
    }

    @Override
    public @Nullable ByteBuffer onUpgradeFrom() {
        return first.hasRemaining() ? first : null;
    }
}
