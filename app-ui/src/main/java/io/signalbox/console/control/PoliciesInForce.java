package io.signalbox.console.control;

import io.signalbox.mesh.client.MeshConnection;
import io.signalbox.mesh.client.PolicyNotes;
import io.signalbox.mesh.event.MeshEvent;
import io.signalbox.mesh.event.RecordedEvent;
import io.signalbox.mesh.model.TrafficPolicy;
import io.signalbox.mesh.model.status.MeshSnapshot;
import java.util.List;
import java.util.Map;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/**
 * The policy that holds for each service, read again when an event says that one changed. Belongs to the
 * user-interface thread.
 */
public final class PoliciesInForce {

    private static final int EVENTS = 200;

    private final Commands commands;
    private final ReadOnlyObjectWrapper<Map<String, TrafficPolicy>> byService =
            new ReadOnlyObjectWrapper<>(this, "byService", Map.of());
    private long seen = -1;
    private boolean asking;

    public PoliciesInForce(Commands commands) {
        this.commands = commands;
    }

    public ReadOnlyObjectProperty<Map<String, TrafficPolicy>> byService() {
        return byService.getReadOnlyProperty();
    }

    public void update(MeshSnapshot snapshot) {
        long sequence = snapshot.eventSequence();
        if (asking || sequence == seen) {
            return;
        }
        asking = true;
        long after = seen;
        Map<String, TrafficPolicy> known = byService.get();
        commands.fetch(
                mesh -> changed(mesh, after, sequence) ? Map.copyOf(new PolicyNotes(mesh).inForce()) : known,
                told -> {
                    asking = false;
                    seen = sequence;
                    byService.set(told);
                },
                failed -> asking = false);
    }

    /** Whether a policy changed, or may have, between two events; true where none was seen yet. */
    public static boolean changed(MeshConnection mesh, long after, long sequence) {
        if (after < 0 || sequence < after) {
            return true;
        }
        if (after == sequence) {
            return false;
        }
        List<RecordedEvent> events = mesh.events(after, EVENTS);
        return events.size() == EVENTS
                || events.stream()
                        .map(RecordedEvent::event)
                        .anyMatch(event -> event instanceof MeshEvent.PolicyChanged
                                || event instanceof MeshEvent.InstanceRegistered);
    }
}
