package io.signalbox.mesh.client.attach;

import io.signalbox.mesh.model.Endpoint;
import io.signalbox.mesh.model.ServiceConfig;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a control plane told, read. It may be shared: many sidecars of a process are told the same.
 *
 * @param services those that were told of, readable or not
 * @param removed services of which nothing is known any more
 */
public record ReadUpdate(long revision, boolean warm, List<Service> services, List<String> removed) {

    public ReadUpdate {
        services = List.copyOf(services);
        removed = List.copyOf(removed);
    }

    /** What was told of one service. */
    public sealed interface Service {

        String name();
    }

    record Understood(ServiceUpdate update, ServiceConfig config) implements Service {

        @Override
        public String name() {
            return update.service();
        }
    }

    /** Endpoints that came beside those that were told before. */
    record Joined(String name, List<Endpoint> endpoints) implements Service {}

    record Refused(String name, String why) implements Service {}

    /** Reads each service by itself: one that cannot be read keeps no other from being followed. */
    public static ReadUpdate of(MeshUpdate update) {
        return new ReadUpdate(
                update.revision(),
                update.warm(),
                Stream.concat(
                                update.services().stream().map(ReadUpdate::read),
                                update.joined().stream().map(ReadUpdate::read))
                        .toList(),
                update.removed());
    }

    private static Service read(JoinedUpdate update) {
        try {
            return new Joined(
                    update.service(),
                    update.endpoints().stream()
                            .map(endpoint -> endpoint.toEndpoint(update.service()))
                            .toList());
        } catch (RuntimeException e) {
            return new Refused(update.service(), String.valueOf(e.getMessage()));
        }
    }

    static Service read(ServiceUpdate update) {
        try {
            return new Understood(update, update.config());
        } catch (RuntimeException e) {
            return new Refused(update.service(), String.valueOf(e.getMessage()));
        }
    }
}
