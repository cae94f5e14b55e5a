package io.signalbox.mesh.config;

import io.signalbox.mesh.model.DurationText;
import io.signalbox.mesh.model.Endpoint;
import io.signalbox.mesh.model.InboundAddress;
import io.signalbox.mesh.model.InvalidValueException;
import io.signalbox.mesh.model.LoadBalancing;
import io.signalbox.mesh.model.MeshConfig;
import io.signalbox.mesh.model.MtlsMode;
import io.signalbox.mesh.model.Names;
import io.signalbox.mesh.model.Protocol;
import io.signalbox.mesh.model.ServiceInstance;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads one {@code Sidecar} document with the files that it names. */
final class SidecarReader {

    private static final Set<String> FIELDS = Set.of(
            "apiVersion",
            "kind",
            "service",
            "version",
            "instance",
            "app",
            "inbound",
            "outbound",
            "admin",
            "controlPlane",
            "mtls",
            "identity",
            "limits",
            "defaultService",
            "zone",
            "weight",
            "services",
            "policies");
    private static final Set<String> INBOUND = Set.of("host", "port", "advertise");
    private static final int MOST_CONNECTIONS = 1_000_000;
    private static final Duration LONGEST_DRAIN = Duration.ofHours(1);

    private final Section sidecar;
    private final Path file;
    private final NamedFiles files;

    private SidecarReader(Section sidecar, Path file) {
        this.sidecar = sidecar;
        this.file = file;
        this.files = new NamedFiles(file);
    }

    static SidecarDocument read(Node document, Path file, Instant now) {
        Section sidecar = Section.of(Section.ROOT, document)
                .requiring("apiVersion", PolicyFormat.API_VERSION)
                .requiring("kind", SidecarFormat.KIND)
                .allowing(FIELDS);
        for (String own : List.of("services", "policies")) {
            if (sidecar.has("controlPlane") && sidecar.has(own)) {
                throw sidecar.refused(own, "given", "none, since the control plane tells of services and policies");
            }
        }
        if (sidecar.has("weight") && !sidecar.has("controlPlane")) {
            throw sidecar.refused("weight", "given", "none: without a control plane nobody is told of it");
        }
        return new SidecarReader(sidecar, file).document(now);
    }

    private SidecarDocument document(Instant now) {
        String service = sidecar.requiredText("service");
        String version = sidecar.text("version").orElse(ServiceInstance.DEFAULT_VERSION);
        String instance = sidecar.text("instance").orElse(service + "-1");
        sidecar.build(() -> Names.service("service", service));
        sidecar.build(() -> Names.version("version", version));
        sidecar.build(() -> Names.instance("instance", instance));
        Optional<Section> app = sidecar.section("app");
        Protocol protocol = app.map(SidecarReader::appProtocol).orElse(Protocol.HTTP);
        Integer appPort = app.map(SidecarReader::appPort).orElse(null);
        SidecarIdentity identity = sidecar.section("identity")
                .map(section -> identity(section, now))
                .orElseGet(SidecarIdentity.None::new);
        boolean identified = !(identity instanceof SidecarIdentity.None);
        ControlPlaneAddress controlPlane = sidecar.section("controlPlane")
                .map(section -> ControlPlaneReader.read(section, files, identity))
                .orElse(null);
        int weight = sidecar.number("weight", Endpoint.DEFAULT_WEIGHT);
        sidecar.build(() -> {
            InvalidValueException.unless(
                    weight >= 1 && weight <= LoadBalancing.MOST_WEIGHT,
                    "weight",
                    weight,
                    "1.." + LoadBalancing.MOST_WEIGHT);
            return weight;
        });
        MeshConfig mesh = new ServicesReader(sidecar, files, identified).mesh();
        MtlsMode mtls = mtls(identified);
        return new SidecarDocument(
                service,
                version,
                sidecar.placed(file, "instance", instance),
                appPort,
                protocol,
                inbound(mtls),
                ports(appPort, mesh.services().keySet()),
                mtls,
                identity,
                sidecar.section("limits").map(SidecarReader::limits).orElse(SidecarDocument.Limits.DEFAULT),
                defaultService(mesh),
                ServicesReader.zone(sidecar).orElse(null),
                weight,
                mesh,
                controlPlane,
                List.copyOf(files.named()));
    }

    private static Protocol appProtocol(Section app) {
        return ServicesReader.protocol(app.allowing(Set.of("port", "protocol")));
    }

    private static int appPort(Section app) {
        int port = app.requiredNumber("port");
        return app.build(() -> {
            InvalidValueException.unless(port >= 1 && port <= 65535, "port", port, "1..65535");
            return port;
        });
    }

    private static SidecarDocument.Limits limits(Section given) {
        Section limits = given.allowing(Set.of("connections", "drain"));
        SidecarDocument.Limits otherwise = SidecarDocument.Limits.DEFAULT;
        int connections = limits.number("connections", otherwise.connections());
        Duration drain = limits.duration("drain").orElse(otherwise.drain());
        return limits.build(() -> {
            InvalidValueException.unless(
                    connections >= 1 && connections <= MOST_CONNECTIONS,
                    "connections",
                    connections,
                    "1.." + MOST_CONNECTIONS);
            InvalidValueException.unless(
                    drain.compareTo(LONGEST_DRAIN) <= 0, "drain", DurationText.format(drain), "0s..1h");
            return new SidecarDocument.Limits(connections, drain);
        });
    }

    private Placed<InboundAddress> inbound(MtlsMode mtls) {
        Optional<Section> given = sidecar.section("inbound");
        if (given.isEmpty()) {
            return sidecar.placed(file, "inbound", InboundAddress.LOOPBACK);
        }
        Section inbound = given.get().allowing(INBOUND);
        String bind = inbound.text("host").orElse(InboundAddress.LOOPBACK.bind());
        String advertised = inbound.text("advertise").orElse(bind);
        InboundAddress address = inbound.build(() -> new InboundAddress(bind, advertised));
        if (!address.onLoopback() && mtls != MtlsMode.STRICT) {
            String field = address.bindsLoopback() ? "advertise" : "host";
            throw inbound.refused(
                    field,
                    address.bindsLoopback() ? advertised : bind,
                    "loopback, since mtls is " + mtls.wireName() + " and not strict");
        }
        return inbound.placed(file, "host", address);
    }

    private SidecarDocument.Ports ports(@Nullable Integer appPort, Set<String> services) {
        if (appPort == null && sidecar.has("inbound")) {
            throw sidecar.refused("inbound", "given", "no inbound listener, since there is no app to pass requests to");
        }
        List<Integer> taken = new ArrayList<>();
        if (appPort != null) {
            taken.add(appPort);
        }
        Placed<Integer> inbound = port("inbound", INBOUND, taken);
        Placed<Integer> outbound = port("outbound", Set.of("port", "tcp"), taken);
        Placed<Integer> admin = port("admin", Set.of("port"), taken);
        Map<String, Placed<Integer>> tcp = sidecar.section("outbound")
                .flatMap(section -> section.section("tcp"))
                .map(section -> tcpPorts(section, services, taken))
                .orElse(Map.of());
        return new SidecarDocument.Ports(inbound, outbound, admin, tcp);
    }

    private Map<String, Placed<Integer>> tcpPorts(Section tcp, Set<String> services, List<Integer> taken) {
        Map<String, Placed<Integer>> ports = new LinkedHashMap<>();
        for (String service : tcp.names()) {
            tcp.build(() -> known(services, service, service));
            ports.put(service, port(tcp, service, taken));
        }
        return ports;
    }

    private Placed<Integer> port(String listener, Set<String> fields, List<Integer> taken) {
        Optional<Section> given = sidecar.section(listener);
        return given.isEmpty()
                ? sidecar.placed(file, listener, 0)
                : port(given.get().allowing(fields), "port", taken);
    }

    private Placed<Integer> port(Section section, String name, List<Integer> taken) {
        int port = section.number(name, 0);
        section.build(() -> {
            InvalidValueException.unless(port >= 0 && port <= 65535, name, port, "0..65535");
            InvalidValueException.unless(
                    port == 0 || !taken.contains(port), name, port, "another port than app and listeners above");
            return port;
        });
        taken.add(port);
        return section.placed(file, name, port);
    }

    private SidecarIdentity identity(Section section, Instant now) {
        if (!section.has("from")) {
            return new SidecarIdentity.Given(IdentityReader.read(section, files, now));
        }
        section.allowing(Set.of("from"));
        section.parsed("from", from -> {
            InvalidValueException.unless(
                    from.equals("controlPlane"), "from", from, "controlPlane, or certificate, key and trust");
            return from;
        });
        if (!sidecar.has("controlPlane")) {
            throw section.refused("from", "controlPlane", "a field controlPlane of the sidecar beside it");
        }
        return new SidecarIdentity.Issued();
    }

    private MtlsMode mtls(boolean identified) {
        MtlsMode otherwise = identified ? MtlsMode.STRICT : MtlsMode.OFF;
        MtlsMode mode = sidecar.parsed("mtls", MtlsMode::parse).orElse(otherwise);
        if (mode != MtlsMode.OFF && !identified) {
            throw sidecar.refused("mtls", mode.wireName(), "off, since no identity is given");
        }
        return mode;
    }

    private @Nullable String defaultService(MeshConfig mesh) {
        Set<String> known = mesh.services().keySet();
        return sidecar.parsed("defaultService", name -> known(known, "defaultService", name))
                .orElse(null);
    }

    /** A service that the file tells of; with a control plane any may come. */
    private String known(Set<String> services, String field, String name) {
        return sidecar.has("controlPlane") ? Names.service(field, name) : ServicesReader.oneOf(services, field, name);
    }
}
