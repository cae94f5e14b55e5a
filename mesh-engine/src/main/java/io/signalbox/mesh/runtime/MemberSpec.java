package io.signalbox.mesh.runtime;

import io.signalbox.mesh.model.InvalidValueException;
import io.signalbox.mesh.model.Names;
import io.signalbox.mesh.model.Protocol;
import io.signalbox.mesh.model.ServiceInstance;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * One instance that joins the mesh with a sidecar of its own.
 *
 * @param appPort where its application listens on loopback; empty for a client, which is never called
 * @param tcp services that its application calls over TCP, each through a port of its own
 * @param defaultService where its outbound listener sends requests that name no service
 * @param metadata registered with the instance, beside what the mesh adds itself; {@code zone} is the sidecar's as well
 */
public record MemberSpec(
        String service,
        String version,
        String instanceId,
        OptionalInt appPort,
        Protocol protocol,
        Set<String> tcp,
        Optional<String> defaultService,
        Map<String, String> metadata) {

    public MemberSpec {
        Names.service("service", service);
        Names.version("version", version);
        Names.instance("instanceId", instanceId);
        appPort.ifPresent(
                port -> InvalidValueException.unless(port >= 1 && port <= 65535, "appPort", port, "1..65535"));
        tcp = Set.copyOf(tcp);
        tcp.forEach(name -> Names.service("tcp", name));
        metadata = Map.copyOf(metadata);
    }

    public static MemberSpec service(String service, String version, String instanceId, int appPort) {
        return new MemberSpec(
                service,
                version,
                instanceId,
                OptionalInt.of(appPort),
                Protocol.HTTP,
                Set.of(),
                Optional.empty(),
                Map.of());
    }

    public static MemberSpec client(String service, String instanceId, String defaultService) {
        return new MemberSpec(
                service,
                ServiceInstance.DEFAULT_VERSION,
                instanceId,
                OptionalInt.empty(),
                Protocol.HTTP,
                Set.of(),
                Optional.of(defaultService),
                Map.of());
    }

    /** The same, with an application that speaks that protocol. */
    public MemberSpec speaking(Protocol spoken) {
        return new MemberSpec(service, version, instanceId, appPort, spoken, tcp, defaultService, metadata);
    }

    /** The same, in that zone. */
    public MemberSpec in(String zone) {
        return labelled("zone", zone);
    }

    /** The same, with one more thing to be known of it. */
    public MemberSpec labelled(String key, String value) {
        Map<String, String> all = new TreeMap<>(metadata);
        all.put(key, value);
        return new MemberSpec(service, version, instanceId, appPort, protocol, tcp, defaultService, all);
    }

    /** The same, and its application calls that service over TCP: {@link MeshMember#tcpAddress}. */
    public MemberSpec calling(String tcpService) {
        Set<String> all = new TreeSet<>(tcp);
        all.add(tcpService);
        return new MemberSpec(service, version, instanceId, appPort, protocol, all, defaultService, metadata);
    }
}
