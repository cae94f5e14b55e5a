package io.signalbox.mesh.metrics;

import io.signalbox.mesh.model.Protocol;

/**
 * Where a sidecar's calls went.
 *
 * <p>Names must come from the registry or from policy, never from a request: each key is kept. Calls that name no known
 * service belong to {@link #UNKNOWN}.
 *
 * @param version empty when none was chosen
 * @param instanceId empty when no endpoint was reached
 */
public record EdgeKey(String destination, String version, String instanceId, Protocol protocol, Channel channel) {

    /** The destination of calls to no known service. */
    public static final String UNKNOWN = "unknown";

    private static final String OTHER = "other";

    /** What is left of it when a sidecar knows too many edges to keep another apart. */
    EdgeKey overflow() {
        Protocol kind = protocol == Protocol.TCP ? Protocol.TCP : Protocol.HTTP;
        return new EdgeKey(OTHER, "", "", kind, Channel.PLAIN);
    }
}
