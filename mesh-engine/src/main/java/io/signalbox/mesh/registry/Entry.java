package io.signalbox.mesh.registry;

import io.signalbox.mesh.event.MeshEvent.Drain;
import io.signalbox.mesh.model.Health;
import io.signalbox.mesh.model.ServiceInstance;
import java.time.Instant;

/**
 * What the registry holds of one instance.
 *
 * @param reported the health that it last registered with; the instance's own may have been observed since
 * @param heartbeatNanos when it last registered or sent a heartbeat, by the registry's ticker
 */
record Entry(ServiceInstance instance, Health reported, Drain drain, long heartbeatNanos) {

    static Entry added(ServiceInstance registration, Instant since, Instant now, long nanos) {
        return new Entry(
                dated(registration, registration.health(), since, now), registration.health(), Drain.SERVING, nanos);
    }

    /** This entry after its instance registered again. */
    Entry renewed(ServiceInstance registration, Instant now, long nanos) {
        boolean keepsObserved = sameEndpoint(registration) && reported == registration.health();
        Health health = keepsObserved ? instance.health() : registration.health();
        return new Entry(
                dated(registration, health, instance.registeredAt(), now), registration.health(), drain, nanos);
    }

    /** This entry after a heartbeat. */
    Entry beaten(Instant now, long nanos) {
        return new Entry(instance.withHeartbeat(now), reported, drain, nanos);
    }

    boolean mayServe() {
        return drain == Drain.SERVING && instance.health() != Health.UNHEALTHY;
    }

    Entry withInstance(ServiceInstance other) {
        return new Entry(other, reported, drain, heartbeatNanos);
    }

    Entry withDrain(Drain other) {
        return new Entry(instance, reported, other, heartbeatNanos);
    }

    /** Whether a registration says the same as this entry, but for health and times. */
    boolean sameEndpoint(ServiceInstance other) {
        return instance.host().equals(other.host())
                && instance.port() == other.port()
                && instance.protocol() == other.protocol()
                && instance.metadata().equals(other.metadata());
    }

    private static ServiceInstance dated(
            ServiceInstance registration, Health health, Instant registeredAt, Instant lastHeartbeat) {
        return new ServiceInstance(
                registration.serviceName(),
                registration.instanceId(),
                registration.host(),
                registration.port(),
                registration.protocol(),
                registration.metadata(),
                health,
                registeredAt,
                lastHeartbeat);
    }
}
