package io.signalbox.mesh.registry;

import io.signalbox.mesh.event.MeshEvent.Drain;
import io.signalbox.mesh.model.Endpoint;
import io.signalbox.mesh.model.ServiceInstance;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** One service as readers see it: immutable. Entries are ordered by instance id. */
record ServiceView(List<Entry> entries, EndpointSet endpoints) {

    static ServiceView of(String service, Collection<Entry> entries, Optional<ServiceView> before, long nextRevision) {
        List<Endpoint> serving = entries.stream()
                .filter(Entry::mayServe)
                .map(entry -> Endpoint.of(entry.instance()))
                .toList();
        EndpointSet endpoints = before.map(ServiceView::endpoints)
                .filter(known -> known.endpoints().equals(serving))
                .orElseGet(() -> new EndpointSet(service, nextRevision, serving));
        return new ServiceView(List.copyOf(entries), endpoints);
    }

    List<ServiceInstance> instances() {
        return entries.stream().map(Entry::instance).toList();
    }

    List<ServiceRegistry.Held> held() {
        return entries.stream()
                .map(entry -> new ServiceRegistry.Held(entry.instance(), entry.drain()))
                .toList();
    }

    Optional<Drain> drain(String instanceId) {
        int from = 0;
        int to = entries.size();
        while (from < to) {
            int middle = (from + to) >>> 1;
            Entry entry = entries.get(middle);
            int order = entry.instance().instanceId().compareTo(instanceId);
            if (order == 0) {
                return Optional.of(entry.drain());
            }
            if (order < 0) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return Optional.empty();
    }
}
