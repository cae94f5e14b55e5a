package io.signalbox.mesh.controlplane.http;

import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;

/**
 * The rest of a body that nobody read, since the request is refused. In HTTP/2 an answer before its end resets the stream, and
 * clients that still send then see a broken connection, and not why they were refused.
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
        if (request.getConnectionMetaData().getHttpVersion() == HttpVersion.HTTP_2) {
            new LeftBody(request, then).read();
        } else {
            then.run();
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
