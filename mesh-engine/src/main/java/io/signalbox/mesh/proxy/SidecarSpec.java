package io.signalbox.mesh.proxy;

import io.signalbox.mesh.model.InboundAddress;
import io.signalbox.mesh.model.InvalidValueException;
import io.signalbox.mesh.model.MtlsMode;
import io.signalbox.mesh.model.Names;
import io.signalbox.mesh.model.Protocol;
import io.signalbox.mesh.model.ServiceInstance;
import io.signalbox.mesh.tls.ServiceIdentity;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What one sidecar is started with.
 *
 * @param appPort where its application listens on loopback; {@code null} for one that only calls, which has no inbound
 *     listener
 * @param appProtocol what is spoken there; {@code tcp} is passed on byte by byte, unread
 * @param mtls what the inbound listener demands
 * @param identity what it proves itself with; {@code null} only with {@code mtls} off, and then no secured endpoint can
 *     be called
 * @param ports 0 takes any free port
 * @param tcp services called over TCP, each with the port of a listener of its own; 0 takes any free one
 * @param limits of its listeners
 * @param inbound where its inbound listener is (default on loopback, where all others are); off loopback strict alone
 * @param defaultService where outbound requests go that name no known service, such as an ingress's storefront
 * @param zone where it runs, for policies that prefer their zone; {@code null} when that is not known
 */
public record SidecarSpec(
        String service,
        String version,
        String instanceId,
        @Nullable Integer appPort,
        Protocol appProtocol,
        MtlsMode mtls,
        @Nullable ServiceIdentity identity,
        Ports ports,
        Map<String, Integer> tcp,
        Limits limits,
        InboundAddress inbound,
        @Nullable String defaultService,
        @Nullable String zone) {

    public static final String LOOPBACK = "127.0.0.1";

    public SidecarSpec {
        Names.service("service", service);
        Names.version("version", version);
        Names.instance("instance_id", instanceId);
        InvalidValueException.unless(
                appPort == null || (appPort >= 1 && appPort <= 65535), "app.port", appPort, "1..65535");
        InvalidValueException.unless(
                appPort == null || mtls == MtlsMode.OFF || identity != null,
                "identity",
                identity,
                "a certificate, since mtls is " + mtls.wireName());
        InvalidValueException.unless(
                inbound.onLoopback() || mtls == MtlsMode.STRICT,
                "inbound.host",
                inbound.bind(),
                "loopback, since mtls is " + mtls.wireName() + " and not strict");
        tcp = Collections.unmodifiableSortedMap(new TreeMap<>(tcp));
        tcp.forEach((name, port) -> {
            Names.service("outbound.tcp", name);
            Ports.port("outbound.tcp." + name, port);
        });
        if (defaultService != null) {
            Names.service("defaultService", defaultService);
        }
    }

    /** A sidecar beside an application, strict, on free loopback ports. */
    public static SidecarSpec of(
            String service, String version, String instanceId, int appPort, ServiceIdentity identity) {
        return on(service, version, instanceId, appPort, MtlsMode.STRICT, identity);
    }

    /** A sidecar that only calls, on free loopback ports. */
    public static SidecarSpec client(String service, String instanceId, @Nullable ServiceIdentity identity) {
        return on(service, ServiceInstance.DEFAULT_VERSION, instanceId, null, MtlsMode.OFF, identity);
    }

    private static SidecarSpec on(
            String service,
            String version,
            String instanceId,
            @Nullable Integer appPort,
            MtlsMode mtls,
            @Nullable ServiceIdentity identity) {
        return new SidecarSpec(
                service,
                version,
                instanceId,
                appPort,
                Protocol.HTTP,
                mtls,
                identity,
                Ports.ANY,
                Map.of(),
                Limits.DEFAULT,
                InboundAddress.LOOPBACK,
                null,
                null);
    }

    public SidecarSpec withAppProtocol(Protocol protocol) {
        return with(draft -> draft.appProtocol = protocol);
    }

    public SidecarSpec withMtls(MtlsMode mode) {
        return with(draft -> draft.mtls = mode);
    }

    public SidecarSpec withPorts(Ports newPorts) {
        return with(draft -> draft.ports = newPorts);
    }

    /** @param services ports by service; see {@link #tcp()} */
    public SidecarSpec withTcp(Map<String, Integer> services) {
        return with(draft -> draft.tcp = services);
    }

    public SidecarSpec withInbound(InboundAddress address) {
        return with(draft -> draft.inbound = address);
    }

    public SidecarSpec withDefaultService(String name) {
        return with(draft -> draft.defaultService = name);
    }

    public SidecarSpec withZone(String name) {
        return with(draft -> draft.zone = name);
    }

    public SidecarSpec withLimits(Limits newLimits) {
        return with(draft -> draft.limits = newLimits);
    }

    private SidecarSpec with(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.spec();
    }

    /** One that can be changed before it is made. */
    private static final class Draft {
        private final String service;
        private final String version;
        private final String instanceId;
        private final @Nullable Integer appPort;
        private Protocol appProtocol;
        private MtlsMode mtls;
        private final @Nullable ServiceIdentity identity;
        private Ports ports;
        private Map<String, Integer> tcp;
        private Limits limits;
        private InboundAddress inbound;
        private @Nullable String defaultService;
        private @Nullable String zone;

        Draft(SidecarSpec from) {
            service = from.service;
            version = from.version;
            instanceId = from.instanceId;
            appPort = from.appPort;
            appProtocol = from.appProtocol;
            mtls = from.mtls;
            identity = from.identity;
            ports = from.ports;
            tcp = from.tcp;
            limits = from.limits;
            inbound = from.inbound;
            defaultService = from.defaultService;
            zone = from.zone;
        }

        SidecarSpec spec() {
            return new SidecarSpec(
                    service,
                    version,
                    instanceId,
                    appPort,
                    appProtocol,
                    mtls,
                    identity,
                    ports,
                    tcp,
                    limits,
                    inbound,
                    defaultService,
                    zone);
        }
    }

    /**
     * What a sidecar takes on, and how long it takes to let go.
     *
     * @param connections of callers that each listener has open at once (default 1,024); more wait in the system's queue
     * @param drain how long requests and connections at hand get when it closes (default 2 s)
     */
    public record Limits(int connections, Duration drain) {

        private static final int MOST_CONNECTIONS = 1_000_000;
        private static final Duration LONGEST_DRAIN = Duration.ofHours(1);

        public static final Limits DEFAULT = new Limits(1_024, Duration.ofSeconds(2));

        public Limits {
            InvalidValueException.unless(
                    connections >= 1 && connections <= MOST_CONNECTIONS,
                    "limits.connections",
                    connections,
                    "1.." + MOST_CONNECTIONS);
            InvalidValueException.unless(
                    !drain.isNegative() && drain.compareTo(LONGEST_DRAIN) <= 0, "limits.drain", drain, "0s..1h");
        }
    }

    /** The listening ports; 0 takes any free one. */
    public record Ports(int inbound, int outbound, int admin) {

        public static final Ports ANY = new Ports(0, 0, 0);

        public Ports {
            port("inbound.port", inbound);
            port("outbound.port", outbound);
            port("admin.port", admin);
        }

        private static void port(String field, int port) {
            InvalidValueException.unless(port >= 0 && port <= 65535, field, port, "0..65535");
        }
    }
}
