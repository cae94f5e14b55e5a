package io.signalbox.mesh.client;

import io.signalbox.mesh.model.Protocol;
import java.util.Map;

/**
 * An application that runs outside the mesh's care, and the sidecar that stands before it. All ports are on loopback of
 * the mesh's machine.
 *
 * @param port the application's
 * @param inbound where other sidecars call it
 * @param outbound where its own calls go: an HTTP proxy
 * @param admin the sidecar's health, metrics and configuration
 * @param tcp by service, where it calls that service over TCP
 */
public record Adopted(
        String service,
        String version,
        String instance,
        Protocol protocol,
        int port,
        int inbound,
        int outbound,
        int admin,
        Map<String, Integer> tcp) {

    public Adopted {
        tcp = Map.copyOf(tcp);
    }
}
