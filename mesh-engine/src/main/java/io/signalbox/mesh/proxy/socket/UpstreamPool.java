package io.signalbox.mesh.proxy.socket;

import io.signalbox.mesh.proxy.http1.Http1Endpoint;
import io.signalbox.mesh.proxy.http2.Http2Endpoint;
import io.signalbox.mesh.proxy.io.Wire;
import io.signalbox.mesh.proxy.relay.UpstreamCall;
import io.signalbox.mesh.proxy.tcp.Alpn;
import io.signalbox.mesh.proxy.tcp.Dial;
import io.signalbox.mesh.proxy.transport.Target;
import io.signalbox.mesh.proxy.transport.TransportLimits;
import io.signalbox.mesh.proxy.transport.UpstreamFailure;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The connections of one loop to one target. Over HTTP/1.1 each serves one call at a time, and the one used last is used
 * next; over HTTP/2 one serves as many as the endpoint allows, and a second is opened only when it is full.
 *
 * <p>Calls that find no connection wait, in order, for the next one that is free. Belongs to its loop's thread.
 */
final class UpstreamPool implements Http1Endpoint.Home, Http2Endpoint.Home {

    private static final String CLOSING = "the sidecar is closing its connections";

    private final LoopState loop;
    private final Target target;
    private final TransportLimits limits;
    private final int limit;
    private final Runnable emptied;
    private final ArrayDeque<UpstreamCall> waiting = new ArrayDeque<>();
    private final Set<Dialling> connecting = new HashSet<>();
    private final Set<Http1Endpoint> single = new HashSet<>();
    private final ArrayDeque<Http1Endpoint> idle = new ArrayDeque<>();
    private final List<Http2Endpoint> shared = new ArrayList<>();
    private boolean multiplexes;
    private boolean closing;

    /** @param emptied run when the last connection has gone and nobody waits */
    UpstreamPool(LoopState loop, Target target, TransportLimits limits, int limit, Runnable emptied) {
        this.loop = loop;
        this.target = target;
        this.limits = limits;
        this.limit = limit;
        this.emptied = emptied;
        multiplexes = target.speech() == Target.Speech.HTTP2 || target.speech() == Target.Speech.NEGOTIATED;
    }

    void acquire(UpstreamCall call) {
        Http2Endpoint roomy = roomy();
        if (roomy != null) {
            call.acquired(roomy.open());
            return;
        }
        Http1Endpoint kept = next();
        if (kept != null) {
            call.acquired(kept);
        } else {
            connect(call);
        }
    }

    private @Nullable Http2Endpoint roomy() {
        for (int i = 0; i < shared.size(); i++) {
            if (shared.get(i).hasRoom()) {
                return shared.get(i);
            }
        }
        return null;
    }

    private @Nullable Http1Endpoint next() {
        for (Http1Endpoint kept = idle.pollLast(); kept != null; kept = idle.pollLast()) {
            if (kept.isOpen()) {
                return kept;
            }
        }
        return null;
    }

    /** Gets the call a connection that has not been idle: those that are may all be as stale as the one it had. */
    void connect(UpstreamCall call) {
        List.copyOf(idle).forEach(Http1Endpoint::close);
        Http2Endpoint roomy = roomy();
        if (closing) {
            call.failed(new UpstreamFailure.Reset(CLOSING));
        } else if (roomy != null) {
            call.acquired(roomy.open());
        } else if (waiting.size() < limit * (multiplexes ? Http2Endpoint.USUAL_STREAMS : 1)) {
            waiting.add(call);
            openWhatIsMissing();
        } else {
            call.failed(new UpstreamFailure.Overloaded("too many requests wait for a connection to the endpoint"));
        }
    }

    private void openWhatIsMissing() {
        int wanted = multiplexes ? Math.min(1, waiting.size()) : waiting.size();
        while (connecting.size() < wanted && connecting.size() + single.size() + shared.size() < limit) {
            Dialling next = new Dialling();
            connecting.add(next);
            next.start();
        }
    }

    /** A connection stands; it serves those who wait. */
    private void connected(Wire wire) {
        boolean http2 = target.speech() == Target.Speech.HTTP2
                || (target.speech() == Target.Speech.NEGOTIATED
                        && wire.protocol().equals(Alpn.HTTP2));
        multiplexes = http2;
        if (closing) {
            wire.close();
        } else if (http2) {
            Http2Endpoint opened = new Http2Endpoint(wire, this, loop.http2(), limits);
            shared.add(opened);
            opened.begin();
            roomAgain(opened);
        } else {
            Http1Endpoint opened = new Http1Endpoint(wire, this, loop.http1(), limits);
            single.add(opened);
            idle(opened);
            openWhatIsMissing();
        }
    }

    /** A connection could not be made. Where calls would have shared it, all who wait are told. */
    private void failed(UpstreamFailure failure) {
        int told = multiplexes ? waiting.size() : 1;
        for (int i = 0; i < told; i++) {
            UpstreamCall call = waiting.poll();
            if (call != null) {
                call.failed(failure);
            }
        }
        openWhatIsMissing();
        forgetIfEmpty();
    }

    @Override
    public void idle(Http1Endpoint connection) {
        UpstreamCall next = waiting.poll();
        if (next != null) {
            next.acquired(connection);
        } else {
            idle.addLast(connection);
        }
    }

    @Override
    public void closed(Http1Endpoint connection) {
        if (single.remove(connection)) {
            idle.remove(connection);
            openWhatIsMissing();
            forgetIfEmpty();
        }
    }

    @Override
    public void roomAgain(Http2Endpoint connection) {
        while (!waiting.isEmpty() && connection.hasRoom()) {
            waiting.remove().acquired(connection.open());
        }
        openWhatIsMissing();
    }

    @Override
    public void closed(Http2Endpoint connection) {
        if (shared.remove(connection)) {
            openWhatIsMissing();
            forgetIfEmpty();
        }
    }

    private void forgetIfEmpty() {
        if (waiting.isEmpty() && connecting.isEmpty() && single.isEmpty() && shared.isEmpty()) {
            emptied.run();
        }
    }

    /** That call wants no connection any more; one that was being made for it is kept for the next. */
    void forget(UpstreamCall call) {
        waiting.remove(call);
    }

    void closeAll() {
        closing = true;
        for (UpstreamCall call = waiting.poll(); call != null; call = waiting.poll()) {
            call.failed(new UpstreamFailure.Reset(CLOSING));
        }
        connecting.forEach(Dialling::cancel);
        connecting.clear();
        for (Http1Endpoint connection : List.copyOf(single)) {
            UpstreamCall current = connection.call();
            connection.close();
            if (current != null) {
                current.failed(new UpstreamFailure.Reset(CLOSING));
            }
        }
        List.copyOf(shared).forEach(connection -> connection.fail(new UpstreamFailure.Reset(CLOSING)));
        emptied.run();
    }

    /** A connection on its way to stand. */
    private final class Dialling implements Dial.Listener {
        private @Nullable Dial dial;

        void start() {
            dial = Dial.start(loop.loop(), target, limits, this);
        }

        void cancel() {
            Dial own = dial;
            if (own != null) {
                own.cancel();
            }
        }

        @Override
        public void connected(Wire wire) {
            connecting.remove(this);
            UpstreamPool.this.connected(wire);
        }

        @Override
        public void failed(UpstreamFailure failure) {
            connecting.remove(this);
            UpstreamPool.this.failed(failure);
        }
    }
}
