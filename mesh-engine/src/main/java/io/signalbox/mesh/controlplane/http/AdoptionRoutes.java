package io.signalbox.mesh.controlplane.http;

import io.signalbox.mesh.client.Adoption;
import io.signalbox.mesh.controlplane.AdoptionControl;
import io.signalbox.mesh.controlplane.ControlPlane;
import io.signalbox.mesh.model.InvalidValueException;
import io.signalbox.mesh.model.Protocol;
import io.signalbox.mesh.model.ServiceInstance;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Sidecars before applications that run already. */
final class AdoptionRoutes {

    private final AdoptionControl adoptions;

    AdoptionRoutes(ControlPlane controlPlane) {
        this.adoptions = controlPlane.adoptions();
    }

    List<Route> routes() {
        return List.of(
                Route.get("/api/v1/adoptions", _ -> Reply.json(adoptions.adopted())),
                Route.post("/api/v1/adoptions", this::adopt),
                Route.delete("/api/v1/adoptions/{id}", this::release));
    }

    private Reply adopt(Call call) {
        Body body = call.body(Body.class);
        return Reply.json(adoptions.adopt(body.adoption(), call.note(body.by, body.reason)));
    }

    private Reply release(Call call) {
        adoptions.release(call.path("id"), call.note());
        return Reply.nothing();
    }

    record Body(
            @Nullable Integer port,
            @Nullable String service,
            @Nullable String version,
            @Nullable String instance,
            @Nullable String protocol,
            @Nullable Set<String> tcp,
            @Nullable String by,
            @Nullable String reason) {

        Adoption adoption() {
            return new Adoption(
                    required("port", port),
                    required("service", service),
                    Objects.requireNonNullElse(version, ServiceInstance.DEFAULT_VERSION),
                    Optional.ofNullable(instance),
                    protocol == null ? Protocol.HTTP : Protocol.parse(protocol),
                    Objects.requireNonNullElse(tcp, Set.of()));
        }

        private static <T> T required(String field, @Nullable T value) {
            if (value == null) {
                throw new InvalidValueException(field, "missing", "required");
            }
            return value;
        }
    }
}
