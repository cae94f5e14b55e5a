package io.signalbox.mesh.controlplane;

import io.signalbox.mesh.client.attach.ServiceUpdate;
import io.signalbox.mesh.model.Endpoint;
import io.signalbox.mesh.model.ServiceConfig;
import io.signalbox.mesh.model.TrafficPolicy;
import io.signalbox.mesh.model.Weight;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeSet;

/** What sidecars are to be told, made of who is there and of what was asked for. */
record Configurations(Membership members, PolicyControl policies) {

    /** By service, for sidecars of this process. */
    Map<String, ServiceConfig> services() {
        Map<String, ServiceConfig> services = new HashMap<>();
        Map<String, List<Endpoint>> endpoints = members.endpoints();
        TreeSet<String> names = new TreeSet<>(endpoints.keySet());
        names.addAll(members.services());
        for (String name : names) {
            PolicyRevision revision = policies.currentOrDefault(name);
            services.put(
                    name,
                    new ServiceConfig(
                            policies.underTheMesh(revision.policy()),
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
    Map<String, SidecarFeed.Told> told(Map<String, ServiceConfig> registered) {
        Map<String, SidecarFeed.Told> told = new HashMap<>();
        SortedMap<String, List<String>> out = members.out();
        registered.forEach((service, config) -> told.put(
                service,
                new SidecarFeed.Told(config, ServiceUpdate.Standing.REGISTERED, out.getOrDefault(service, List.of()))));
        TreeSet<String> absent = new TreeSet<>(policies.all().keySet());
        absent.remove(TrafficPolicy.WHOLE_MESH);
        absent.addAll(out.keySet());
        absent.removeAll(registered.keySet());
        for (String service : absent) {
            PolicyRevision revision = policies.currentOrDefault(service);
            ServiceConfig config = new ServiceConfig(
                    policies.underTheMesh(revision.policy()),
                    revision.candidateWeight(),
                    List.of(),
                    List.of(),
                    revision.revision());
            told.put(
                    service,
                    new SidecarFeed.Told(config, ServiceUpdate.Standing.ABSENT, out.getOrDefault(service, List.of())));
        }
        return told;
    }

    /** The shares that versions are asked to get, by service. */
    Map<String, Map<String, Weight>> asked() {
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
