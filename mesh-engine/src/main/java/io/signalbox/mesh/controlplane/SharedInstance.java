package io.signalbox.mesh.controlplane;

import io.signalbox.mesh.event.MeshEvent.Drain;
import io.signalbox.mesh.model.ChangeNote;
import io.signalbox.mesh.model.Health;
import io.signalbox.mesh.model.Protocol;
import io.signalbox.mesh.model.ServiceInstance;
import java.time.Instant;
import java.util.Map;

/**
 * An instance as control planes share it, under {@code instance/SERVICE/INSTANCE}.
 *
 * @param health as the instance last reported it; what a control plane observes is its own
 * @param by who last drained it or put it back
 * @param holder the control plane that hears its heartbeats
 * @param left whether it was deregistered: then this is told of it, until it comes back or is forgotten
 */
record SharedInstance(
        String host,
        int port,
        Protocol protocol,
        Map<String, String> metadata,
        Health health,
        Instant registeredAt,
        Drain drain,
        String by,
        String reason,
        String holder,
        boolean left) {

    static final String KEYS = "instance/";

    /** Whose it is. */
    record Name(String service, String instance) {

        String key() {
            return prefix(service) + instance;
        }

        static Name of(String key) {
            int end = key.indexOf('/', KEYS.length());
            return new Name(key.substring(KEYS.length(), end), key.substring(end + 1));
        }
    }

    private static String prefix(String service) {
        return KEYS + service + "/";
    }

    /** One that registers for the first time, or after it had left. */
    static SharedInstance first(ServiceInstance told, Instant now, String holder) {
        return new SharedInstance(
                told.host(),
                told.port(),
                told.protocol(),
                told.metadata(),
                told.health(),
                now,
                Drain.SERVING,
                ChangeNote.ANONYMOUS,
                "",
                holder,
                false);
    }

    /** The same after it registered again. */
    SharedInstance again(ServiceInstance told, String newHolder) {
        return new SharedInstance(
                told.host(),
                told.port(),
                told.protocol(),
                told.metadata(),
                told.health(),
                registeredAt,
                drain,
                by,
                reason,
                newHolder,
                false);
    }

    SharedInstance heldBy(String other) {
        return new SharedInstance(host, port, protocol, metadata, health, registeredAt, drain, by, reason, other, left);
    }

    SharedInstance drained(Drain position, ChangeNote note) {
        return new SharedInstance(
                host, port, protocol, metadata, health, registeredAt, position, note.by(), note.reason(), holder, left);
    }

    SharedInstance gone() {
        return new SharedInstance(
                host, port, protocol, metadata, health, registeredAt, Drain.SERVING, by, reason, holder, true);
    }

    ChangeNote note() {
        return new ChangeNote(by, reason);
    }

    ServiceInstance of(Name name) {
        return new ServiceInstance(
                name.service(), name.instance(), host, port, protocol, metadata, health, registeredAt, registeredAt);
    }
}
