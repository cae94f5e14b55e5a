package io.signalbox.mesh.client;

import io.signalbox.mesh.model.Authorization.Action;
import io.signalbox.mesh.model.Authorization.Mode;
import io.signalbox.mesh.routing.Reach;
import java.util.List;
import java.util.Optional;

/**
 * Who may call whom, who does, and who was refused.
 *
 * @param otherwise what holds for services whose own policy says nothing
 * @param mode the same of what becomes of a denied call
 * @param services every service with an instance or a policy, by name
 * @param seen what sidecars made of calls, the latest first; of services whose policy may deny somebody
 */
public record AuthorizationStatus(Action otherwise, Mode mode, List<ServiceAccess> services, List<SeenCalls> seen) {

    public AuthorizationStatus {
        services = List.copyOf(services);
        seen = List.copyOf(seen);
    }

    /**
     * Who may call one service.
     *
     * @param policyRevision 0 when nobody wrote a policy for it
     * @param rules how many authorization rules its policy has
     * @param others how far a proven caller comes that is not in the list
     * @param callers whoever was seen calling, is named by a rule, or proves nothing, by name
     */
    public record ServiceAccess(
            String service,
            long policyRevision,
            Action otherwise,
            Mode mode,
            int rules,
            Reach.Extent others,
            List<CallerAccess> callers) {

        public ServiceAccess {
            callers = List.copyOf(callers);
        }

        /** Whether nobody can be denied. */
        public boolean open() {
            return others == Reach.Extent.ALL
                    && callers.stream().allMatch(caller -> caller.reach().extent() == Reach.Extent.ALL);
        }

        public Optional<CallerAccess> caller(String name) {
            return callers.stream()
                    .filter(caller -> caller.source().equals(name))
                    .findFirst();
        }
    }

    /**
     * How far one caller comes.
     *
     * @param source a service, or {@code unknown}
     * @param requestsPerSecond of it, as its own sidecar counts them in the last seconds
     * @param denied how many of its calls were refused
     * @param wouldDeny how many were let through, and would have been refused but for the dry run
     */
    public record CallerAccess(String source, Reach reach, double requestsPerSecond, long denied, long wouldDeny) {}

    public Optional<ServiceAccess> service(String name) {
        return services.stream().filter(each -> each.service().equals(name)).findFirst();
    }

    /** How far that caller comes with that service; everywhere when nothing is known of the service. */
    public Reach.Extent extent(String source, String service) {
        return service(service)
                .map(access -> access.caller(source)
                        .map(caller -> caller.reach().extent())
                        .orElse(access.others()))
                .orElse(Reach.Extent.ALL);
    }
}
