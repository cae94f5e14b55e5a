package io.signalbox.mesh.config;

import io.signalbox.mesh.model.MeshConfig;
import io.signalbox.mesh.model.MtlsMode;
import io.signalbox.mesh.model.Protocol;
import io.signalbox.mesh.tls.ServiceIdentity;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One sidecar without a control plane, as its file describes it.
 *
 * @param appPort where its application listens on loopback; {@code null} for one that only calls
 * @param appProtocol what is spoken there
 * @param mtls what the inbound listener demands
 * @param limits of its listeners
 * @param defaultService where requests go that name no known service
 * @param mesh the services that the application may call, their endpoints and policies
 */
public record SidecarDocument(
        String service,
        String version,
        Placed<String> instance,
        @Nullable Integer appPort,
        Protocol appProtocol,
        Ports ports,
        MtlsMode mtls,
        @Nullable ServiceIdentity identity,
        Limits limits,
        @Nullable String defaultService,
        MeshConfig mesh) {

    /**
     * What it takes on, and how long it takes to let go.
     *
     * @param connections of callers that each listener has open at once (default 1,024)
     * @param drain how long requests and connections at hand get when it is stopped (default 30 s)
     */
    public record Limits(int connections, Duration drain) {

        public static final Limits DEFAULT = new Limits(1_024, Duration.ofSeconds(30));
    }

    /**
     * The listening ports; 0 takes any free one.
     *
     * @param tcp by the service that is called over TCP there
     */
    public record Ports(
            Placed<Integer> inbound,
            Placed<Integer> outbound,
            Placed<Integer> admin,
            Map<String, Placed<Integer>> tcp) {

        public Ports {
            tcp = Map.copyOf(tcp);
        }

        /** All of them, those of services last. */
        public List<Placed<Integer>> all() {
            return Stream.concat(Stream.of(inbound, outbound, admin), tcp.values().stream())
                    .toList();
        }
    }
}
