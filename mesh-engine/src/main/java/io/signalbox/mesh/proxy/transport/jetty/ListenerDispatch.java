package io.signalbox.mesh.proxy.transport.jetty;

import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Hands each request to the listener whose port it came in by. */
final class ListenerDispatch extends Handler.Abstract.NonBlocking {

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        JettyListener listener = JettyListener.of(request);
        if (listener == null) {
            return false;
        }
        listener.handle(request, response, callback);
        return true;
    }
}
