package io.signalbox.mesh.client;

import io.signalbox.mesh.model.InvalidValueException;
import io.signalbox.mesh.model.Names;
import io.signalbox.mesh.model.Protocol;
import java.util.Optional;
import java.util.Set;

/**
 * An application that runs already and is to get a sidecar.
 *
 * @param port where it listens on loopback
 * @param instance its name in the mesh; empty for the first free one, such as {@code billing-1}
 * @param tcp services that it calls over TCP, each through a port of its own
 */
public record Adoption(
        int port, String service, String version, Optional<String> instance, Protocol protocol, Set<String> tcp) {

    public Adoption {
        InvalidValueException.unless(port >= 1 && port <= 65535, "port", port, "1..65535");
        Names.service("service", service);
        Names.version("version", version);
        instance.ifPresent(id -> Names.instance("instance", id));
        tcp = Set.copyOf(tcp);
        tcp.forEach(name -> Names.service("tcp", name));
    }
}
