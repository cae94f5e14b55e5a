package io.signalbox.mesh.config;

import io.signalbox.mesh.model.InboundAddress;
import io.signalbox.mesh.model.MeshConfig;
import io.signalbox.mesh.model.MtlsMode;
import io.signalbox.mesh.model.Protocol;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One sidecar, as its file describes it.
 *
 * @param appPort where its application listens on loopback; {@code null} for one that only calls
 * @param appProtocol what is spoken there
 * @param inbound where its inbound listener is
 * @param mtls what the inbound listener demands
 * @param limits of its listeners
 * @param defaultService where requests go that name no known service
 * @param zone where it runs; {@code null} when it does not say
 * @param weight its share beside others of its service, where the strategy weighs; only told to a control plane
 * @param mesh the services that the application may call, their endpoints and policies; none with a control plane
 * @param controlPlane which tells of services and policies instead; {@code null} when the file does
 * @param named the other files that its own names
 */
public record SidecarDocument(
        String service,
        String version,
        Placed<String> instance,
        @Nullable Integer appPort,
        Protocol appProtocol,
        Placed<InboundAddress> inbound,
        Ports ports,
        MtlsMode mtls,
        SidecarIdentity identity,
        Limits limits,
        @Nullable String defaultService,
        @Nullable String zone,
        int weight,
        MeshConfig mesh,
        @Nullable ControlPlaneAddress controlPlane,
        List<Path> named) {

    public SidecarDocument {
        named = List.copyOf(named);
    }

    /** The fields in which the other document says what a sidecar that runs cannot follow: all but services and policies. */
    public List<String> fixedFieldsChangedIn(SidecarDocument other) {
        Map<String, Boolean> same = new LinkedHashMap<>();
        same.put("service", service.equals(other.service));
        same.put("version", version.equals(other.version));
        same.put("instance", instance.value().equals(other.instance.value()));
        same.put("app.port", Objects.equals(appPort, other.appPort));
        same.put("app.protocol", appProtocol == other.appProtocol);
        same.put("inbound.host", bind().equals(other.bind()));
        same.put("inbound.advertise", advertised().equals(other.advertised()));
        same.put(
                "inbound.port",
                ports.inbound().value().equals(other.ports.inbound().value()));
        same.put(
                "outbound.port",
                ports.outbound().value().equals(other.ports.outbound().value()));
        same.put("outbound.tcp", ports.tcpValues().equals(other.ports.tcpValues()));
        same.put("admin.port", ports.admin().value().equals(other.ports.admin().value()));
        same.put("mtls", mtls == other.mtls);
        same.put("identity", identity.equals(other.identity));
        same.put("limits", limits.equals(other.limits));
        same.put("defaultService", Objects.equals(defaultService, other.defaultService));
        same.put("zone", Objects.equals(zone, other.zone));
        same.put("weight", weight == other.weight);
        same.put("controlPlane", sameControlPlane(other));
        return same.entrySet().stream()
                .filter(field -> !field.getValue())
                .map(Map.Entry::getKey)
                .toList();
    }

    private String bind() {
        return inbound.value().bind();
    }

    private String advertised() {
        return inbound.value().advertised();
    }

    private boolean sameControlPlane(SidecarDocument other) {
        ControlPlaneAddress own = controlPlane;
        ControlPlaneAddress others = other.controlPlane;
        if (own == null || others == null) {
            return own == null && others == null;
        }
        // By an issued identity a sidecar joined already: the token is used up, and roots are told by the control
        // plane.
        boolean joined = identity instanceof SidecarIdentity.Issued && own.inTls();
        return own.urls().equals(others.urls())
                && (joined || (sameToken(own, others) && Objects.equals(own.ca(), others.ca())))
                && Objects.equals(own.state(), others.state());
    }

    private static boolean sameToken(ControlPlaneAddress own, ControlPlaneAddress others) {
        AccessToken now = own.token();
        AccessToken next = others.token();
        return (now == null || next == null) ? now == next : now.matches(next.text());
    }

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

        private Map<String, Integer> tcpValues() {
            return tcp.entrySet().stream()
                    .collect(Collectors.toMap(
                            Map.Entry::getKey, entry -> entry.getValue().value()));
        }

        /** All of them, those of services last. */
        public List<Placed<Integer>> all() {
            return Stream.concat(Stream.of(inbound, outbound, admin), tcp.values().stream())
                    .toList();
        }
    }
}
