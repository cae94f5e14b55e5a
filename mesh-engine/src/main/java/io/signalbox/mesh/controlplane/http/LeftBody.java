package io.signalbox.mesh.controlplane.http;

import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;

/**
 * The rest of a body that nobody read, since the request is refused. An answer before its end resets the stream in HTTP/2 and
 * ends the connection in HTTP/1.1, and clients that still send then see that, and not why they were refused.
 */
final class LeftBody {

    /** Whoever sends more is cut off. */
    private static final int MOST = 64 * 1024;

    private final Request request;
    private final Runnable then;
    private int left = MOST;

    private LeftBody(Request request, Runnable then) {
        this.request = request;
        this.then = then;
    }

    /** Takes it in as it comes, holding no thread, and goes on at its end. */
    static void takeIn(Request request, Runnable then) {
        if (request.getHeaders().contains(HttpHeader.EXPECT)) {
            // Who asks first whether to send it does not send it.
            then.run();
        } else {
            new LeftBody(request, then).read();
        }
    }

    private void read() {
        while (left > 0) {
            Content.Chunk chunk = request.read();
            if (chunk == null) {
                request.demand(this::read);
                return;
            }
            left -= chunk.remaining();
            boolean over = chunk.isLast() || Content.Chunk.isFailure(chunk);
            chunk.release();
            if (over) {
                break;
            }
        }
        then.run();
    }
}
