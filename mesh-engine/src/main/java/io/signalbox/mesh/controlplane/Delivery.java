package io.signalbox.mesh.controlplane;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.signalbox.mesh.client.attach.ServiceUpdate;
import io.signalbox.mesh.model.Endpoint;
import io.signalbox.mesh.model.MeshConfig;
import io.signalbox.mesh.model.ServiceConfig;
import io.signalbox.mesh.model.TrafficPolicy;
import io.signalbox.mesh.model.Weight;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What is asked for, made of policies and members, and told to every sidecar as soon as it changes: to those of this process
 * whole, to those of others by the {@link SidecarFeed}.
 *
 * <p>Safe from any thread. Sidecars and {@link Figures} are called under its lock, so they must not call back.
 */
final class Delivery {

    private final PolicyControl policies;
    private final Membership members;
    private final List<SidecarLink> links;
    private final SidecarFeed feed;
    private final Figures figures;

    /** Those that are registered, as of {@code revision}. */
    @GuardedBy("this")
    private final Map<String, ServiceConfig> services = new HashMap<>();

    @GuardedBy("this")
    private long revision;

    /** The same for those who take the whole; made when somebody does, since a change of one service is not to copy all. */
    @GuardedBy("this")
    private MeshConfig config = MeshConfig.EMPTY;

    /** @param links those that are told; safe to read while others come and go */
    Delivery(PolicyControl policies, Membership members, List<SidecarLink> links, SidecarFeed feed, Figures figures) {
        this.policies = policies;
        this.members = members;
        this.links = links;
        this.feed = feed;
        this.figures = figures;
    }

    /** What sidecars were told last. */
    synchronized MeshConfig config() {
        if (config.revision() != revision) {
            config = new MeshConfig(revision, services);
        }
        return config;
    }

    /** Takes a sidecar under control: it gets the configuration in force at once. */
    synchronized void attach(SidecarLink link) {
        links.add(link);
        if (link.takesWhole()) {
            link.apply(config());
        }
    }

    /** Tells everybody what changed; it is in force in every sidecar of this process when this returns. */
    synchronized void deliver() {
        Map<String, SidecarFeed.Told> told = told();
        Map<String, ServiceConfig> registered = new HashMap<>();
        told.forEach((service, its) -> {
            if (its.standing() == ServiceUpdate.Standing.REGISTERED) {
                registered.put(service, its.config());
            }
        });
        if (!registered.equals(services)) {
            services.clear();
            services.putAll(registered);
            apply();
        }
        feed.tell(told);
        figures.follow(asked());
    }

    /** The same, of a service whose endpoints changed. */
    synchronized void deliver(String service) {
        SidecarFeed.Told told = told(service);
        ServiceConfig before = told.standing() == ServiceUpdate.Standing.REGISTERED
                ? services.put(service, told.config())
                : services.remove(service);
        if (!Objects.equals(before, services.get(service))) {
            apply();
        }
        feed.tell(service, told);
    }

    /** Every service of which anything is known, as sidecars are to follow it. */
    synchronized Map<String, ServiceConfig> known() {
        Map<String, ServiceConfig> known = new HashMap<>();
        told().forEach((service, told) -> known.put(service, told.config()));
        return known;
    }

    @GuardedBy("this")
    private void apply() {
        revision++;
        for (SidecarLink link : links) {
            if (link.takesWhole()) {
                link.apply(config());
            }
        }
    }

    /** Those that are registered, policies that wait for their services to come back, and who left. */
    @GuardedBy("this")
    private Map<String, SidecarFeed.Told> told() {
        Set<String> names = new TreeSet<>(members.services());
        names.addAll(policies.all().keySet());
        names.addAll(members.departedOf());
        names.remove(TrafficPolicy.WHOLE_MESH);
        Map<String, SidecarFeed.Told> told = new HashMap<>();
        names.forEach(name -> told.put(name, told(name)));
        return told;
    }

    @GuardedBy("this")
    private SidecarFeed.Told told(String service) {
        Optional<List<Endpoint>> endpoints = members.endpoints(service);
        return new SidecarFeed.Told(
                config(service, endpoints.orElse(List.of())),
                endpoints.isPresent() ? ServiceUpdate.Standing.REGISTERED : ServiceUpdate.Standing.ABSENT,
                members.out(service));
    }

    /** The very one that holds already, unless it changed. */
    @GuardedBy("this")
    private ServiceConfig config(String service, List<Endpoint> endpoints) {
        PolicyRevision revision = policies.currentOrDefault(service);
        ServiceConfig now = new ServiceConfig(
                policies.underTheMesh(revision.asked().followed()),
                revision.candidateWeight(),
                endpoints,
                revision.policy().balancing().zonePreference().isPresent() ? members.unhealthy(service) : List.of(),
                revision.revision());
        ServiceConfig before = services.get(service);
        return before != null && before.equals(now) ? before : now;
    }

    private Map<String, Map<String, Weight>> asked() {
        Map<String, Map<String, Weight>> asked = new HashMap<>();
        policies.all().forEach((service, revision) -> {
            Map<String, Weight> weights = PolicyControl.weights(revision).asked();
            if (!weights.isEmpty()) {
                asked.put(service, weights);
            }
        });
        return asked;
    }
}
