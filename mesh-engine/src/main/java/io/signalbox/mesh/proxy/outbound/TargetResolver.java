package io.signalbox.mesh.proxy.outbound;

import io.signalbox.mesh.model.Endpoint;
import io.signalbox.mesh.proxy.transport.Target;
import org.jspecify.annotations.Nullable;

/** Says how this sidecar connects to an endpoint. */
@FunctionalInterface
public interface TargetResolver {

    /** Returns {@code null} when the endpoint demands an identity that this sidecar has not. */
    @Nullable
    Target of(Endpoint endpoint);
}
