package io.signalbox.mesh.runtime;

import io.signalbox.mesh.model.InvalidValueException;
import io.signalbox.mesh.model.Names;
import io.signalbox.mesh.model.Protocol;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One instance that joins the mesh with a sidecar of its own.
 *
 * @param appPort where its application listens on loopback; empty for a client, which is never called
 * @param defaultService where its outbound listener sends requests that name no service
 * @param metadata registered with the instance, beside what the mesh adds itself
 */
public record MemberSpec(
        String service,
        String version,
        String instanceId,
        OptionalInt appPort,
        Protocol protocol,
        Optional<String> defaultService,
        Map<String, String> metadata) {

    public MemberSpec {
        Names.service("service", service);
        Names.version("version", version);
        Names.instance("instanceId", instanceId);
        appPort.ifPresent(
                port -> InvalidValueException.unless(port >= 1 && port <= 65535, "appPort", port, "1..65535"));
        metadata = Map.copyOf(metadata);
    }

    public static MemberSpec service(String service, String version, String instanceId, int appPort) {
        return new MemberSpec(
                service, version, instanceId, OptionalInt.of(appPort), Protocol.HTTP, Optional.empty(), Map.of());
    }

    public static MemberSpec client(String service, String instanceId, String defaultService) {
        return new MemberSpec(
                service, "v1", instanceId, OptionalInt.empty(), Protocol.HTTP, Optional.of(defaultService), Map.of());
    }
}
