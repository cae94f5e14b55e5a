package io.signalbox.mesh.proxy.http1;

import io.signalbox.mesh.proxy.transport.UpstreamFailure;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The connections of one loop to one target; the one used last is used next. Belongs to its loop's thread. */
final class UpstreamPool {

    private static final String CLOSING = "the sidecar is closing its connections";

    private final int limit;
    private final Opener opener;
    private final Runnable emptied;
    private final ArrayDeque<UpstreamConnection> idle = new ArrayDeque<>();
    private final ArrayDeque<UpstreamCall> waiting = new ArrayDeque<>();
    private final Set<UpstreamConnection> open = new HashSet<>();
    private boolean closing;

    /** Opens a connection for a call. */
    @FunctionalInterface
    interface Opener {
        void open(UpstreamPool pool, UpstreamCall call);
    }

    /** @param emptied run when the last connection has gone and nobody waits */
    UpstreamPool(int limit, Opener opener, Runnable emptied) {
        this.limit = limit;
        this.opener = opener;
        this.emptied = emptied;
    }

    void acquire(UpstreamCall call) {
        UpstreamConnection kept = next();
        if (kept != null) {
            call.acquired(kept);
        } else {
            connect(call);
        }
    }

    private @Nullable UpstreamConnection next() {
        for (UpstreamConnection kept = idle.pollLast(); kept != null; kept = idle.pollLast()) {
            if (kept.isOpen()) {
                return kept;
            }
        }
        return null;
    }

    void connect(UpstreamCall call) {
        if (closing) {
            call.failed(new UpstreamFailure.Reset(CLOSING));
        } else if (open.size() < limit) {
            opener.open(this, call);
        } else if (waiting.size() < limit) {
            waiting.add(call);
        } else {
            call.failed(new UpstreamFailure.Overloaded("too many requests wait for a connection to the endpoint"));
        }
    }

    void opened(UpstreamConnection connection) {
        open.add(connection);
    }

    boolean contains(UpstreamConnection connection) {
        return open.contains(connection);
    }

    void idle(UpstreamConnection connection) {
        UpstreamCall next = waiting.poll();
        if (next != null) {
            next.acquired(connection);
        } else {
            idle.addLast(connection);
        }
    }

    void closed(UpstreamConnection connection) {
        if (!open.remove(connection)) {
            return;
        }
        idle.remove(connection);
        UpstreamCall next = closing ? null : waiting.poll();
        if (next != null) {
            opener.open(this, next);
        } else if (open.isEmpty()) {
            emptied.run();
        }
    }

    /** That call wants no connection any more. */
    void forget(UpstreamCall call) {
        if (waiting.remove(call)) {
            return;
        }
        for (UpstreamConnection connection : List.copyOf(open)) {
            if (connection.call() == call) {
                connection.close();
            }
        }
    }

    void closeAll() {
        closing = true;
        for (UpstreamCall call = waiting.poll(); call != null; call = waiting.poll()) {
            call.failed(new UpstreamFailure.Reset(CLOSING));
        }
        for (UpstreamConnection connection : List.copyOf(open)) {
            UpstreamCall current = connection.call();
            connection.close();
            if (current != null) {
                current.failed(new UpstreamFailure.Reset(CLOSING));
            }
        }
        emptied.run();
    }
}
