package io.signalbox.mesh.registry;

import io.signalbox.mesh.event.MeshEvent.Departure;
import io.signalbox.mesh.event.MeshEvent.Drain;
import io.signalbox.mesh.model.ChangeNote;
import io.signalbox.mesh.model.ServiceInstance;

/**
 * Learns what changes in a registry, in order and one call at a time.
 *
 * <p>Called outside the registry's lock, on a thread that changes the registry; it may call the registry itself.
 */
public interface RegistryListener {

    default void registered(ServiceInstance instance) {}

    /** An instance registered again with another address, protocol or metadata. */
    default void replaced(ServiceInstance before, ServiceInstance after) {}

    default void left(ServiceInstance instance, Departure how) {}

    /** @param detail why, in words */
    default void healthChanged(ServiceInstance before, ServiceInstance after, String detail) {}

    default void drainChanged(ServiceInstance instance, Drain drain, ChangeNote note) {}

    /** The endpoints that may serve are others than before; comes after the call that says why. */
    default void endpointsChanged(EndpointSet endpoints) {}
}
