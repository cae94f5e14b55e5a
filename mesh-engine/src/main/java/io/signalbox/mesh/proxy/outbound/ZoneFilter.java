package io.signalbox.mesh.proxy.outbound;

import io.signalbox.mesh.balance.ZoneSpill;
import io.signalbox.mesh.model.CircuitBreakerConfig;
import io.signalbox.mesh.model.Endpoint;
import io.signalbox.mesh.model.ZonePreference;
import io.signalbox.mesh.routing.RouteDecision;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Leaves those candidates whose zone a request goes to: the sidecar's own while enough of it is usable, or the others. */
final class ZoneFilter {

    private final @Nullable String own;
    private final Circuits circuits;
    private final RandomGenerator random;

    /** @param own the sidecar's zone; {@code null} when it has none, and then zones make no difference */
    ZoneFilter(@Nullable String own, Circuits circuits, RandomGenerator random) {
        this.own = own;
        this.circuits = circuits;
        this.random = random;
    }

    void narrow(List<Endpoint> candidates, RouteDecision.Routed route, ZonePreference preference, long key) {
        String zone = own;
        if (zone == null) {
            return;
        }
        int near = countNear(candidates, zone);
        if (near == 0 || near == candidates.size()) {
            return;
        }
        boolean stays = ZoneSpill.stays(staying(route, zone, preference), key, random);
        candidates.removeIf(endpoint -> zone.equals(endpoint.zone()) != stays);
    }

    private double staying(RouteDecision.Routed route, String zone, ZonePreference preference) {
        CircuitBreakerConfig thresholds = route.policy().circuitBreaker();
        int usable = 0;
        int all = 0;
        for (Endpoint endpoint : route.endpoints()) {
            if (zone.equals(endpoint.zone())) {
                all++;
                usable += circuits.of(endpoint, thresholds).refuses() ? 0 : 1;
            }
        }
        String version = route.version();
        for (Endpoint endpoint : route.config().unhealthy()) {
            if (zone.equals(endpoint.zone()) && (version == null || version.equals(endpoint.version()))) {
                all++;
            }
        }
        return all == 0 ? 1 : ZoneSpill.staying(usable, all, preference);
    }

    private static int countNear(List<Endpoint> candidates, String zone) {
        int near = 0;
        for (Endpoint endpoint : candidates) {
            near += zone.equals(endpoint.zone()) ? 1 : 0;
        }
        return near;
    }
}
