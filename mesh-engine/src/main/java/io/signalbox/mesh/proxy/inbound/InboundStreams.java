package io.signalbox.mesh.proxy.inbound;

import io.signalbox.mesh.metrics.AccessMeter;
import io.signalbox.mesh.model.MeshConfig;
import io.signalbox.mesh.proxy.transport.ServerStream;
import io.signalbox.mesh.proxy.transport.StreamHandler;
import io.signalbox.mesh.proxy.transport.StreamListener;
import io.signalbox.mesh.proxy.transport.Target;
import io.signalbox.mesh.proxy.transport.UpstreamFailure;
import io.signalbox.mesh.routing.RouteSource;
import io.signalbox.mesh.tls.SpiffeId;
import org.jspecify.annotations.Nullable;

/**
 * Passes every connection of callers that the service's policy lets in on to the application's own port.
 *
 * <p>Who is at the other end has been settled by then. Where the policy refuses, or the application cannot be reached, the
 * caller sees a reset. Connections that stand go on, whatever a later policy says. Safe to use from any thread.
 */
public final class InboundStreams implements StreamHandler {

    private final String service;
    private final Target application;
    private final AccessMeter meter;
    private volatile @Nullable Gate gate;

    public InboundStreams(String service, Target application, AccessMeter meter) {
        this.service = service;
        this.application = application;
        this.meter = meter;
    }

    /** Lets callers in as the service's own policy says, from the next connection on. */
    public synchronized void apply(MeshConfig config) {
        gate = Gate.under(config.services().get(service), gate, meter);
    }

    @Override
    public void handle(ServerStream stream) {
        Gate inForce = gate;
        if (inForce != null && inForce.refusing(sourceOf(stream.peerIdentity())) != null) {
            stream.abort();
            return;
        }
        stream.join(application, new StreamListener() {
            @Override
            public void onFailed(UpstreamFailure failure) {
                stream.abort();
            }
        });
    }

    private static RouteSource sourceOf(@Nullable String peer) {
        return peer == null
                ? RouteSource.UNKNOWN
                : new RouteSource(SpiffeId.parse(peer).service().orElse(""), peer);
    }
}
