package io.signalbox.mesh.routing;

import io.signalbox.mesh.model.Endpoint;
import io.signalbox.mesh.model.RetryPolicy;
import io.signalbox.mesh.model.ServiceConfig;
import io.signalbox.mesh.model.TrafficPolicy;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where a request may go, and under which policy. */
public sealed interface RouteDecision {

    /** No service of that name is known. */
    record UnknownService(String service) implements RouteDecision {}

    /**
     * A rule gives the answer: a redirect, or a direct response. Nothing is sent on.
     *
     * @param headers of the answer, its content type and location included
     */
    record AnsweredHere(
            ServiceConfig config, int status, Map<String, String> headers, String body, RouteReason.ByRule reason)
            implements RouteDecision {

        public AnsweredHere {
            headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
        }
    }

    /**
     * The request goes to one of these endpoints.
     *
     * @param version the version that was chosen; {@code null} means any
     * @param endpoints those of that version that may serve; empty means that the version has none now, and the
     *     request fails rather than go to a version that was not chosen
     * @param timeout the rule's own, else the policy's
     * @param retry the rule's own, else the policy's
     * @param edits what is changed about the request and its answer
     */
    record Routed(
            ServiceConfig config,
            TrafficPolicy policy,
            @Nullable String version,
            List<Endpoint> endpoints,
            Duration timeout,
            RetryPolicy retry,
            RouteReason reason,
            Edits edits)
            implements RouteDecision {

        /** The stable key that the caller is to be given with the answer, or {@code null}. */
        public @Nullable NewKey newKey() {
            return edits.newKey();
        }

        Routed giving(NewKey key) {
            return new Routed(config, policy, version, endpoints, timeout, retry, reason, edits.giving(key));
        }
    }
}
