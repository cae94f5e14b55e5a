package io.signalbox.mesh.config;

import io.signalbox.mesh.model.MeshConfig;
import io.signalbox.mesh.model.MtlsMode;
import io.signalbox.mesh.tls.ServiceIdentity;
import org.jspecify.annotations.Nullable;

/**
 * One sidecar without a control plane, as its file describes it.
 *
 * @param appPort where its application listens on loopback; {@code null} for one that only calls
 * @param mtls what the inbound listener demands
 * @param defaultService where requests go that name no known service
 * @param mesh the services that the application may call, their endpoints and policies
 */
public record SidecarDocument(
        String service,
        String version,
        Placed<String> instance,
        @Nullable Integer appPort,
        Ports ports,
        MtlsMode mtls,
        @Nullable ServiceIdentity identity,
        @Nullable String defaultService,
        MeshConfig mesh) {

    /** The listening ports; 0 takes any free one. */
    public record Ports(Placed<Integer> inbound, Placed<Integer> outbound, Placed<Integer> admin) {}
}
