package io.signalbox.mesh.proxy.inbound;

import io.signalbox.mesh.proxy.transport.ServerStream;
import io.signalbox.mesh.proxy.transport.StreamHandler;
import io.signalbox.mesh.proxy.transport.StreamListener;
import io.signalbox.mesh.proxy.transport.Target;
import io.signalbox.mesh.proxy.transport.UpstreamFailure;

/**
 * Passes every connection of callers on to the application's own port.
 *
 * <p>Who may call has been settled by then: the listener lets nobody else in. Where the application cannot be reached
 * the caller sees a reset. Safe to use from any thread.
 */
public record InboundStreams(Target application) implements StreamHandler {

    @Override
    public void handle(ServerStream stream) {
        stream.join(application, new StreamListener() {
            @Override
            public void onFailed(UpstreamFailure failure) {
                stream.abort();
            }
        });
    }
}
