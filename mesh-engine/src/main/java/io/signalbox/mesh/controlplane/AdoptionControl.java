package io.signalbox.mesh.controlplane;

import io.signalbox.mesh.client.Adopted;
import io.signalbox.mesh.client.Adoption;
import io.signalbox.mesh.client.AuditEntry;
import io.signalbox.mesh.event.EventLog;
import io.signalbox.mesh.event.MeshEvent;
import io.signalbox.mesh.model.ChangeNote;
import io.signalbox.mesh.model.InvalidValueException;
import io.signalbox.mesh.model.Switch;
import io.signalbox.mesh.model.UnknownNameException;
import java.util.List;

/** Applications that joined the mesh as they run, and who wanted it. Safe from any thread. */
public final class AdoptionControl {

    private final EventLog events;
    private final AuditLog audit;
    private volatile Adopter adopter = new Nobody();

    AdoptionControl(EventLog events, AuditLog audit) {
        this.events = events;
        this.audit = audit;
    }

    public void attach(Adopter own) {
        adopter = own;
    }

    public Adopted adopt(Adoption adoption, ChangeNote note) {
        Adopted adopted = adopter.adopt(adoption);
        events.append(changed(adopted, Switch.ON, note));
        audit.record(AuditLog.Change.done(AuditEntry.Kind.ADOPTION, adopted.instance(), "adopted"), note);
        return adopted;
    }

    public void release(String instance, ChangeNote note) {
        events.append(changed(adopter.release(instance), Switch.OFF, note));
        audit.record(AuditLog.Change.done(AuditEntry.Kind.ADOPTION, instance, "released"), note);
    }

    public List<Adopted> adopted() {
        return adopter.adopted();
    }

    private static MeshEvent changed(Adopted adopted, Switch position, ChangeNote note) {
        return new MeshEvent.AdoptionChanged(adopted.service(), adopted.instance(), adopted.port(), position, note);
    }

    /** A control plane that runs no sidecars itself. */
    private static final class Nobody implements Adopter {

        @Override
        public Adopted adopt(Adoption adoption) {
            throw new InvalidValueException(
                    "port", adoption.port(), "a control plane that runs sidecars; this one does not");
        }

        @Override
        public Adopted release(String instance) {
            throw new UnknownNameException("adopted instance", instance, List.of());
        }

        @Override
        public List<Adopted> adopted() {
            return List.of();
        }
    }
}
