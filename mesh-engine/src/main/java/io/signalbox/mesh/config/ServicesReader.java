package io.signalbox.mesh.config;

import io.signalbox.mesh.model.Endpoint;
import io.signalbox.mesh.model.InvalidValueException;
import io.signalbox.mesh.model.MeshConfig;
import io.signalbox.mesh.model.Names;
import io.signalbox.mesh.model.Protocol;
import io.signalbox.mesh.model.ServiceConfig;
import io.signalbox.mesh.model.ServiceInstance;
import io.signalbox.mesh.model.TrafficPolicy;
import io.signalbox.mesh.tls.SpiffeId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads the fields {@code services} and {@code policies} of a sidecar: all that it knows of the mesh. */
final class ServicesReader {

    private static final long REVISION = 1;
    private static final String DEFAULT_HOST = "127.0.0.1";

    private final Section sidecar;
    private final NamedFiles files;
    private final boolean withIdentity;
    private final Set<String> instances = new HashSet<>();

    ServicesReader(Section sidecar, NamedFiles files, boolean withIdentity) {
        this.sidecar = sidecar;
        this.files = files;
        this.withIdentity = withIdentity;
    }

    MeshConfig mesh() {
        Map<String, List<Endpoint>> endpoints =
                sidecar.section("services").map(this::services).orElse(Map.of());
        Map<String, TrafficPolicy> policies = policies(endpoints.keySet());
        Map<String, ServiceConfig> services = new HashMap<>();
        endpoints.forEach((service, all) -> services.put(
                service, ServiceConfig.starting(policies.getOrDefault(service, TrafficPolicy.defaults(service)), all)));
        return new MeshConfig(REVISION, services);
    }

    /** Returns the name if it is one of those known. */
    static String oneOf(Set<String> known, String field, String name) {
        if (!known.contains(name)) {
            String expected = NearestName.of(name, known)
                    .map(nearest -> "a name under services; did you mean " + nearest + "?")
                    .orElse(known.isEmpty() ? "a name under services, which has none" : "one of " + list(known));
            throw new InvalidValueException(field, name, expected);
        }
        return name;
    }

    /** The protocol that the section names; HTTP unless it names one. */
    static Protocol protocol(Section section) {
        return section.parsed("protocol", Protocol::parse).orElse(Protocol.HTTP);
    }

    /** The zone that the section names, if it names one. */
    static Optional<String> zone(Section section) {
        return section.parsed("zone", zone -> {
            InvalidValueException.unless(!zone.isBlank(), "zone", zone, "a name");
            return zone;
        });
    }

    private Map<String, List<Endpoint>> services(Section services) {
        Map<String, List<Endpoint>> endpoints = new LinkedHashMap<>();
        for (String service : services.names()) {
            requireName(services, service);
            List<Endpoint> all = new ArrayList<>();
            for (Section item : services.sections(service)) {
                all.add(endpoint(item, service, service + "-" + (all.size() + 1)));
            }
            endpoints.put(service, all);
        }
        return endpoints;
    }

    private Endpoint endpoint(Section item, String service, String defaultInstance) {
        item.allowing(Set.of("instance", "version", "host", "port", "protocol", "spiffeId", "weight", "zone"));
        String instance = item.text("instance").orElse(defaultInstance);
        String version = item.text("version").orElse(ServiceInstance.DEFAULT_VERSION);
        String host = item.text("host").orElse(DEFAULT_HOST);
        int port = item.requiredNumber("port");
        Protocol protocol = protocol(item);
        Optional<SpiffeId> id = item.parsed("spiffeId", SpiffeId::parse);
        int weight = item.number("weight", Endpoint.DEFAULT_WEIGHT);
        Optional<String> zone = zone(item);
        return item.build(() -> {
            Names.instance("instance", instance);
            Names.version("version", version);
            Names.host("host", host);
            InvalidValueException.unless(port >= 1 && port <= 65535, "port", port, "1..65535");
            InvalidValueException.unless(
                    instances.add(instance), "instance", instance, "an instance that is not listed above");
            InvalidValueException.unless(
                    id.isEmpty() || withIdentity,
                    "spiffeId",
                    id.orElse(null),
                    "none: without an identity of its own the sidecar cannot use mutual TLS");
            return new Endpoint(
                    service,
                    instance,
                    version,
                    host,
                    port,
                    protocol,
                    id.map(SpiffeId::toString).orElse(null),
                    weight,
                    zone.orElse(null));
        });
    }

    private Map<String, TrafficPolicy> policies(Set<String> services) {
        Map<String, TrafficPolicy> policies = new HashMap<>();
        sidecar.eachWord("policies", name -> {
            for (TrafficPolicy policy : policiesOf(name)) {
                String service = oneOf(services, "service", policy.service());
                InvalidValueException.unless(
                        policies.put(service, policy) == null, "service", "again " + service, "one policy a service");
            }
        });
        return policies;
    }

    private List<TrafficPolicy> policiesOf(String name) {
        String text = files.text("policies", name);
        try {
            return PolicyFormat.readAll(text);
        } catch (InvalidDocumentException e) {
            throw e.in(files.path("policies", name));
        }
    }

    private static void requireName(Section services, String service) {
        try {
            Names.service("service", service);
        } catch (InvalidValueException e) {
            throw services.refused(service, e.value(), e.expected());
        }
    }

    private static String list(Set<String> names) {
        return String.join(", ", new TreeSet<>(names));
    }
}
