package io.signalbox.mesh.client.attach;

import io.signalbox.mesh.model.Endpoint;
import io.signalbox.mesh.model.ServiceConfig;
import java.util.List;

/** One object for all services, and all endpoints, that are equal, in whatever was read. For one thread at a time. */
final class SharedCopies {

    private final Interner<ServiceConfig> services = new Interner<>();
    private final Interner<Endpoint> endpoints = new Interner<>();

    ReadUpdate of(ReadUpdate read) {
        return new ReadUpdate(
                read.revision(),
                read.warm(),
                read.services().stream().map(this::of).toList(),
                read.removed());
    }

    private ReadUpdate.Service of(ReadUpdate.Service service) {
        return switch (service) {
            case ReadUpdate.Understood(ServiceUpdate update, ServiceConfig config) ->
                new ReadUpdate.Understood(update, services.same(of(config)));
            case ReadUpdate.Joined(String name, List<Endpoint> more) -> new ReadUpdate.Joined(name, of(more));
            case ReadUpdate.Refused refused -> refused;
        };
    }

    private ServiceConfig of(ServiceConfig config) {
        return new ServiceConfig(
                config.policy(),
                config.candidateWeight(),
                of(config.endpoints()),
                of(config.unhealthy()),
                config.policyRevision());
    }

    private List<Endpoint> of(List<Endpoint> all) {
        return all.stream().map(endpoints::same).toList();
    }
}
