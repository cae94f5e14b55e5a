package io.signalbox.mesh.routing;

import io.signalbox.mesh.model.AuthorizationRule;
import io.signalbox.mesh.model.Endpoint;
import io.signalbox.mesh.model.ServiceConfig;
import java.util.Collection;
import java.util.Objects;

/** Callers as they would prove to be, where only their names are known. */
public final class RouteSources {

    private static final String SCHEME = "spiffe://";

    private RouteSources() {}

    /** The trust domain of the mesh's endpoints; {@code mesh} when none has an identity. */
    public static String trustDomain(Collection<ServiceConfig> services) {
        return services.stream()
                .flatMap(service -> service.endpoints().stream())
                .map(Endpoint::spiffeId)
                .filter(Objects::nonNull)
                .map(id -> id.substring(SCHEME.length()))
                .map(rest -> rest.indexOf('/') < 0 ? rest : rest.substring(0, rest.indexOf('/')))
                .findFirst()
                .orElse("mesh");
    }

    /** @param name a service, an identity, or the word for whoever proves none */
    public static RouteSource named(String name, String trustDomain) {
        if (name.equals(AuthorizationRule.UNKNOWN)) {
            return RouteSource.UNKNOWN;
        }
        return name.startsWith(SCHEME)
                ? new RouteSource("", name)
                : new RouteSource(name, SCHEME + trustDomain + "/service/" + name);
    }
}
