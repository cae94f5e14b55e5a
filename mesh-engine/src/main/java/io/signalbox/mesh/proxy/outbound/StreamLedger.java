package io.signalbox.mesh.proxy.outbound;

import io.signalbox.mesh.metrics.Channel;
import io.signalbox.mesh.metrics.EdgeRecorder;
import io.signalbox.mesh.model.Cause;
import io.signalbox.mesh.model.Endpoint;
import io.signalbox.mesh.model.Protocol;
import io.signalbox.mesh.model.RetryCondition;
import io.signalbox.mesh.proxy.transport.StreamEnd.Side;
import io.signalbox.mesh.routing.RouteDecision;
import io.signalbox.mesh.routing.RouteReason;
import org.jspecify.annotations.Nullable;

/** Writes one TCP connection down in the metrics of the edge it took last: its bytes as they pass, its end once. */
final class StreamLedger {

    private static final long NOT_YET = -1;

    private final OutboundRequests.Environment environment;
    private final String service;
    private final long startNanos;
    private long connectNanos = NOT_YET;
    private String version = "";
    private boolean drawn;
    private boolean closed;
    private @Nullable EdgeRecorder edge;

    StreamLedger(OutboundRequests.Environment environment, String service) {
        this.environment = environment;
        this.service = service;
        this.startNanos = environment.ticker().nanos();
    }

    void routed(RouteDecision.Routed route) {
        String chosen = route.version();
        version = chosen == null ? "" : chosen;
        drawn = route.reason() instanceof RouteReason.BySplit;
    }

    /** The connection is now being made to that endpoint. */
    void attempt(Endpoint endpoint) {
        EdgeRecorder last = edge;
        if (last != null) {
            last.abandon();
        }
        take(endpoint.version(), endpoint.instanceId(), endpoint.secured() ? Channel.MTLS : Channel.PLAIN);
    }

    void retrying() {
        EdgeRecorder last = edge;
        if (last != null) {
            last.retry(RetryCondition.CONNECT_FAILURE);
        }
    }

    void connected() {
        connectNanos = sinceStart();
        EdgeRecorder own = edge;
        if (own != null) {
            own.streamOpened();
            draw(own);
        }
    }

    void passed(Side from, int bytes) {
        EdgeRecorder own = edge;
        if (own != null) {
            switch (from) {
                case CALLER -> own.streamSent(bytes);
                case TARGET -> own.streamReceived(bytes);
            }
        }
    }

    /** @param cause why the mesh or a side broke it off; {@code null} when both sides had ended */
    void ended(@Nullable Cause cause) {
        if (closed) {
            return;
        }
        closed = true;
        EdgeRecorder own = edge;
        if (own == null) {
            own = take(version, "", Channel.PLAIN);
        }
        draw(own);
        own.streamEnded(cause, connectNanos == NOT_YET ? sinceStart() : connectNanos);
    }

    private EdgeRecorder take(String toVersion, String instance, Channel channel) {
        EdgeRecorder next = environment.metrics().edge(service, toVersion, instance, Protocol.TCP, channel);
        next.begin();
        edge = next;
        return next;
    }

    private void draw(EdgeRecorder own) {
        if (drawn) {
            drawn = false;
            own.splitDraw();
        }
    }

    private long sinceStart() {
        return Math.max(0, environment.ticker().nanos() - startNanos);
    }
}
