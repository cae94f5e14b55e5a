package io.signalbox.mesh.controlplane;

import io.signalbox.mesh.client.AuditEntry;
import io.signalbox.mesh.event.EventLog;
import io.signalbox.mesh.event.MeshEvent;
import io.signalbox.mesh.model.ChangeNote;
import io.signalbox.mesh.model.Endpoint;
import io.signalbox.mesh.model.Health;
import io.signalbox.mesh.model.ServiceInstance;
import io.signalbox.mesh.model.Switch;
import io.signalbox.mesh.model.status.InstanceStatus.Serving;
import io.signalbox.mesh.registry.EndpointSet;
import io.signalbox.mesh.registry.RegistryListener;
import io.signalbox.mesh.registry.ServiceRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Who is in the mesh, seen through its registry; records who comes, goes, sickens and drains. Safe from any thread. */
public final class Membership {

    /** One instance and whether new requests are sent to it. */
    public record Member(ServiceInstance instance, Serving serving) {}

    private final ServiceRegistry registry;
    private final Registrations registrations;
    private final AuditLog audit;
    private final Runnable stopListening;
    private final Departures departures;

    /**
     * @param registrations what is told of instances goes there, and comes to the registry from there
     * @param changed is told of a service whose endpoints changed
     */
    Membership(
            ServiceRegistry registry,
            Registrations registrations,
            Departures departures,
            EventLog events,
            AuditLog audit,
            Consumer<String> changed) {
        this.registry = registry;
        this.registrations = registrations;
        this.departures = departures;
        this.audit = audit;
        stopListening = registry.listen(new Recorder(events, departures, changed));
    }

    /** Adds an instance or renews it; returns it as it is held now. */
    public ServiceInstance register(ServiceInstance instance) {
        return registrations.register(instance);
    }

    /** Renews the lease of one instance, or of all instances of the service. */
    public void heartbeat(String service, Optional<String> instance) {
        registrations.heartbeat(service, instance);
    }

    /** Takes one instance, or all instances of the service, out of the mesh. */
    public void deregister(String service, Optional<String> instance) {
        registrations.deregister(service, instance);
    }

    /** Takes an instance out of balancing, its calls in flight go on; or puts it back. */
    public void setDraining(String service, String instance, Switch position, ChangeNote note) {
        MeshEvent.Drain drain = switch (position) {
            case ON -> MeshEvent.Drain.DRAINING;
            case OFF -> MeshEvent.Drain.SERVING;
        };
        Optional<MeshEvent.Drain> before = registry.drain(service, instance);
        registrations.drain(service, instance, drain, note);
        before.filter(was -> was != drain)
                .ifPresent(was -> audit.record(
                        AuditLog.Change.of(AuditEntry.Kind.DRAIN, instance, word(was), word(drain)), note));
    }

    private static String word(MeshEvent.Drain drain) {
        return drain.name().toLowerCase(Locale.ROOT);
    }

    public Map<String, List<ServiceInstance>> instances() {
        return registry.services();
    }

    public List<ServiceInstance> instances(String service) {
        return registry.instances(service);
    }

    public Set<String> services() {
        return registry.names();
    }

    /** Every instance by service, in order of id. */
    public SortedMap<String, List<Member>> members() {
        SortedMap<String, List<Member>> members = new TreeMap<>();
        for (String service : registry.names()) {
            List<Member> its = members(service);
            if (!its.isEmpty()) {
                members.put(service, its);
            }
        }
        return members;
    }

    /** Those of one service, in order of id; none where nobody registered it. */
    List<Member> members(String service) {
        return registry.held(service).stream()
                .map(held -> new Member(held.instance(), serving(held)))
                .toList();
    }

    /** What may serve now; empty when nobody registered the service. */
    Optional<List<Endpoint>> endpoints(String service) {
        return registry.endpoints(service).map(EndpointSet::endpoints);
    }

    /** Those of the service that would serve if they were healthy. */
    List<Endpoint> unhealthy(String service) {
        return registry.held(service).stream()
                .filter(held -> serving(held) == Serving.UNHEALTHY)
                .map(held -> Endpoint.of(held.instance()))
                .toList();
    }

    /** The instances of the service that get no requests since somebody or something said so of them by name. */
    List<String> out(String service) {
        List<String> out = new ArrayList<>(departures.of(service));
        registry.held(service).stream()
                .filter(held -> serving(held) != Serving.SERVING)
                .map(held -> held.instance().instanceId())
                .forEach(out::add);
        return out;
    }

    /** Services of which instances were deregistered and have not come back. */
    Set<String> departedOf() {
        return departures.services();
    }

    /** How many instances of each version are registered. */
    Map<String, Integer> versions(String service) {
        Map<String, Integer> versions = new TreeMap<>();
        registry.held(service).forEach(held -> versions.merge(held.instance().version(), 1, Integer::sum));
        return versions;
    }

    boolean registered(String service, String instance) {
        return registry.drain(service, instance).isPresent();
    }

    /** The service that has an instance of that name. */
    public Optional<String> serviceOf(String instance) {
        return registry.services().entrySet().stream()
                .filter(service -> service.getValue().stream()
                        .anyMatch(registered -> registered.instanceId().equals(instance)))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    void close() {
        stopListening.run();
    }

    private static Serving serving(ServiceRegistry.Held held) {
        if (held.drain() == MeshEvent.Drain.DRAINING) {
            return Serving.DRAINING;
        }
        return held.instance().health() == Health.UNHEALTHY ? Serving.UNHEALTHY : Serving.SERVING;
    }

    /** Turns the registry's news into events, and tells when endpoints changed. */
    private record Recorder(EventLog events, Departures departures, Consumer<String> changed)
            implements RegistryListener {

        @Override
        public void registered(ServiceInstance instance) {
            departures.returned(instance.serviceName(), instance.instanceId());
            events.append(new MeshEvent.InstanceRegistered(
                    instance.serviceName(),
                    instance.instanceId(),
                    instance.version(),
                    instance.host() + ":" + instance.port()));
        }

        @Override
        public void replaced(ServiceInstance before, ServiceInstance after) {
            registered(after);
        }

        @Override
        public void left(ServiceInstance instance, MeshEvent.Departure how) {
            if (how == MeshEvent.Departure.DEREGISTERED) {
                departures.left(instance.serviceName(), instance.instanceId());
            }
            events.append(new MeshEvent.InstanceLeft(instance.serviceName(), instance.instanceId(), how));
        }

        @Override
        public void healthChanged(ServiceInstance before, ServiceInstance after, String detail) {
            events.append(new MeshEvent.HealthChanged(
                    after.serviceName(), after.instanceId(), before.health(), after.health(), detail));
        }

        @Override
        public void drainChanged(ServiceInstance instance, MeshEvent.Drain drain, ChangeNote note) {
            events.append(new MeshEvent.DrainChanged(instance.serviceName(), instance.instanceId(), drain, note));
        }

        @Override
        public void endpointsChanged(EndpointSet endpoints) {
            changed.accept(endpoints.service());
        }
    }
}
