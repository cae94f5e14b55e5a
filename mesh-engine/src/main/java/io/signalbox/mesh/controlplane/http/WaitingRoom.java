package io.signalbox.mesh.controlplane.http;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bounds the requests that are under way: so many run, so many more wait in the order in which they came and hold no thread, and
 * all others are told at once to come again. What instances say of themselves, which is most of it, waits in a queue of its own:
 * of two turns the other queue, of people and sidecars, has one. Streams, probes, and what running requests wait for pass it by.
 * Safe from any thread.
 */
final class WaitingRoom extends Handler.Wrapper {

    static final int MOST_RUNNING = 64;

    /** In either queue. */
    static final int MOST_WAITING = 1_000;

    private static final Logger log = LoggerFactory.getLogger(WaitingRoom.class);

    /** Whom a call to a circuit asks answers there: behind calls that wait for it, it would come too late for all of them. */
    private static final Set<String> FREE =
            Set.of("/health", "/ready", "/api/v1/stream", "/api/v1/sidecars/config", "/api/v1/sidecars/answers");

    /** Streams for those who accept one. */
    private static final Set<String> FREE_AS_STREAMS = Set.of("/api/v1/events", "/api/v1/requests");

    private final Executor threads;
    private final int mostRunning;
    private final int mostWaiting;

    @GuardedBy("this")
    private final Queue<Runnable> ofInstances = new ArrayDeque<>();

    @GuardedBy("this")
    private final Queue<Runnable> ofOthers = new ArrayDeque<>();

    /** Whose turn it was. */
    @GuardedBy("this")
    private boolean instancesLast;

    @GuardedBy("this")
    private int running;

    /** Whether it refused any since there was room last, which is said once. */
    @GuardedBy("this")
    private boolean refusing;

    /** @param threads run what had to wait */
    WaitingRoom(Handler handler, Executor threads, int mostRunning, int mostWaiting) {
        super(handler);
        this.threads = threads;
        this.mostRunning = mostRunning;
        this.mostWaiting = mostWaiting;
    }

    private enum Turn {
        NOW,
        LATER,
        NEVER
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        if (isFree(request)) {
            return super.handle(request, response, callback);
        }
        switch (turn(isOfAnInstance(request), () -> run(request, response, callback))) {
            case NOW -> run(request, response, callback);
            case LATER -> {}
            case NEVER -> {
                Reply.Whole reply = Problem.of(
                                503, "The control plane has more to do than it can: try again in a second.")
                        .reply()
                        .with(HttpHeader.RETRY_AFTER.asString(), "1");
                RequestHandler.answer(reply, request, response, callback);
            }
        }
        return true;
    }

    private static boolean isFree(Request request) {
        String path = request.getHttpURI().getCanonicalPath();
        return path != null && (FREE.contains(path) || (FREE_AS_STREAMS.contains(path) && acceptsStream(request)));
    }

    private static boolean isOfAnInstance(Request request) {
        String path = request.getHttpURI().getCanonicalPath();
        return path != null
                && path.startsWith("/api/v1/services/")
                && (path.endsWith("/register") || path.endsWith("/heartbeat"));
    }

    private static boolean acceptsStream(Request request) {
        String accept = request.getHeaders().get(HttpHeader.ACCEPT);
        return accept != null && accept.contains("text/event-stream");
    }

    private synchronized Turn turn(boolean ofAnInstance, Runnable later) {
        if (running < mostRunning) {
            running++;
            return Turn.NOW;
        }
        Queue<Runnable> waiting = ofAnInstance ? ofInstances : ofOthers;
        if (waiting.size() < mostWaiting) {
            waiting.add(later);
            return Turn.LATER;
        }
        if (!refusing) {
            refusing = true;
            log.warn("{} requests run and {} wait: more are refused until there is room", running, mostWaiting);
        }
        return Turn.NEVER;
    }

    private void run(Request request, Response response, Callback callback) {
        AtomicBoolean inside = new AtomicBoolean(true);
        Callback leaving = Callback.from(callback, () -> {
            if (inside.getAndSet(false)) {
                leave();
            }
        });
        try {
            super.handle(request, response, leaving);
        } catch (Exception | Error e) {
            Response.writeError(request, response, leaving, e);
        }
    }

    private void leave() {
        Runnable next;
        synchronized (this) {
            instancesLast = ofOthers.isEmpty() || (!instancesLast && !ofInstances.isEmpty());
            next = instancesLast ? ofInstances.poll() : ofOthers.poll();
            if (next == null) {
                running--;
                refusing = false;
            }
        }
        if (next != null) {
            try {
                threads.execute(next);
            } catch (RejectedExecutionException e) {
                log.debug("The server stopped before a request had its turn", e);
            }
        }
    }
}
