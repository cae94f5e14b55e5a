package io.signalbox.mesh.proxy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;

/** An application that speaks HTTP/2 by prior knowledge, on another stack than the proxy's. */
final class H2cApp implements AutoCloseable {

    private final Server server = new Server();
    private final ServerConnector connector =
            new ServerConnector(server, 1, 1, new HTTP2CServerConnectionFactory(new HttpConfiguration()));

    private H2cApp(Behaviour behaviour) throws Exception {
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setHandler(new Handler.Abstract() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) throws Exception {
                behaviour.answer(request, response, callback);
                return true;
            }
        });
        server.start();
    }

    /** What the application does with a request; whoever completes the callback ends the answer. */
    @FunctionalInterface
    interface Behaviour {
        void answer(Request request, Response response, Callback callback) throws Exception;
    }

    static H2cApp doing(Behaviour behaviour) throws Exception {
        return new H2cApp(behaviour);
    }

    /** Sends each body back, and a word for none. */
    static H2cApp echoing() throws Exception {
        return doing((request, response, callback) -> {
            ByteBuffer body = Content.Source.asByteBuffer(request);
            ByteBuffer said = body.hasRemaining() ? body : ByteBuffer.wrap("hello".getBytes(StandardCharsets.UTF_8));
            response.write(true, said, callback);
        });
    }

    int port() {
        return connector.getLocalPort();
    }

    @Override
    public void close() throws Exception {
        server.stop();
    }
}
