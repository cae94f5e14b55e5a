package io.signalbox.mesh.controlplane;

import io.signalbox.mesh.event.MeshEvent.Drain;
import io.signalbox.mesh.model.ChangeNote;
import io.signalbox.mesh.model.ServiceInstance;
import io.signalbox.mesh.registry.ServiceRegistry;
import java.util.Optional;

/** Takes what instances tell of themselves, and people of them. Safe from any thread. */
interface Registrations {

    /** Adds an instance or renews it; answers it as it is held now. */
    ServiceInstance register(ServiceInstance instance);

    /** @param instance empty for all of the service */
    void heartbeat(String service, Optional<String> instance);

    /** @param instance empty for all of the service */
    void deregister(String service, Optional<String> instance);

    void drain(String service, String instance, Drain drain, ChangeNote note);

    /** Those of a control plane that nobody shares anything with: the registry of its process. */
    record Own(ServiceRegistry registry) implements Registrations {

        @Override
        public ServiceInstance register(ServiceInstance instance) {
            return registry.register(instance);
        }

        @Override
        public void heartbeat(String service, Optional<String> instance) {
            instance.ifPresentOrElse(id -> registry.heartbeat(service, id), () -> registry.heartbeat(service));
        }

        @Override
        public void deregister(String service, Optional<String> instance) {
            instance.ifPresentOrElse(id -> registry.deregister(service, id), () -> registry.deregister(service));
        }

        @Override
        public void drain(String service, String instance, Drain drain, ChangeNote note) {
            registry.drain(service, instance, drain, note);
        }
    }
}
