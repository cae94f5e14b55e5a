package io.signalbox.mesh.routing;

import io.signalbox.mesh.model.Endpoint;
import io.signalbox.mesh.model.RetryPolicy;
import io.signalbox.mesh.model.ServiceConfig;
import io.signalbox.mesh.model.TrafficPolicy;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where a request may go, and under which policy. */
public sealed interface RouteDecision {

    /** No service of that name is known. */
    record UnknownService(String service) implements RouteDecision {}

    /**
     * The request goes to one of these endpoints.
     *
     * @param version the version that was chosen; {@code null} means any
     * @param endpoints those of that version that may serve; empty means that the version has none now, and the
     *     request fails rather than go to a version that was not chosen
     * @param timeout the rule's own, else the policy's
     * @param retry the rule's own, else the policy's
     */
    record Routed(
            ServiceConfig config,
            TrafficPolicy policy,
            @Nullable String version,
            List<Endpoint> endpoints,
            Duration timeout,
            RetryPolicy retry,
            RouteReason reason)
            implements RouteDecision {}
}
