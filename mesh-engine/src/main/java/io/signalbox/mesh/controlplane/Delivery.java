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
import java.util.SortedMap;
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
        return config;
    }

    /** Takes a sidecar under control: it gets the configuration in force at once. */
    synchronized void attach(SidecarLink link) {
        links.add(link);
        link.apply(config);
    }

    /** Tells everybody what changed; it is in force in every sidecar of this process when this returns. */
    synchronized void deliver() {
        Map<String, ServiceConfig> services = services();
        if (!services.equals(config.services())) {
            config = new MeshConfig(config.revision() + 1, services);
            for (SidecarLink link : links) {
                link.apply(config);
            }
        }
        feed.tell(told(services));
        figures.follow(asked());
    }

    /** Every service of which anything is known, as sidecars are to follow it. */
    Map<String, ServiceConfig> known() {
        Map<String, ServiceConfig> known = new HashMap<>();
        told(services()).forEach((service, told) -> known.put(service, told.config()));
        return known;
    }

    private Map<String, ServiceConfig> services() {
        Map<String, ServiceConfig> services = new HashMap<>();
        Map<String, List<Endpoint>> endpoints = members.endpoints();
        TreeSet<String> names = new TreeSet<>(endpoints.keySet());
        names.addAll(members.services());
        for (String name : names) {
            PolicyRevision revision = policies.currentOrDefault(name);
            services.put(
                    name,
                    new ServiceConfig(
                            policies.underTheMesh(revision.followed()),
                            revision.candidateWeight(),
                            endpoints.getOrDefault(name, List.of()),
                            revision.policy().balancing().zonePreference().isPresent()
                                    ? members.unhealthy(name)
                                    : List.of(),
                            revision.revision()));
        }
        return services;
    }

    /** The same for sidecars in other processes, and policies that wait for their services to come back. */
    private Map<String, SidecarFeed.Told> told(Map<String, ServiceConfig> registered) {
        Map<String, SidecarFeed.Told> told = new HashMap<>();
        SortedMap<String, List<String>> out = members.out();
        registered.forEach((service, its) -> told.put(
                service,
                new SidecarFeed.Told(its, ServiceUpdate.Standing.REGISTERED, out.getOrDefault(service, List.of()))));
        TreeSet<String> absent = new TreeSet<>(policies.all().keySet());
        absent.remove(TrafficPolicy.WHOLE_MESH);
        absent.addAll(out.keySet());
        absent.removeAll(registered.keySet());
        for (String service : absent) {
            PolicyRevision revision = policies.currentOrDefault(service);
            ServiceConfig its = new ServiceConfig(
                    policies.underTheMesh(revision.followed()),
                    revision.candidateWeight(),
                    List.of(),
                    List.of(),
                    revision.revision());
            told.put(
                    service,
                    new SidecarFeed.Told(its, ServiceUpdate.Standing.ABSENT, out.getOrDefault(service, List.of())));
        }
        return told;
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
