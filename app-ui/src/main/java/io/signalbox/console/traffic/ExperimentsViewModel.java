package io.signalbox.console.traffic;

import io.signalbox.console.control.Commands;
import io.signalbox.console.control.PoliciesInForce;
import io.signalbox.mesh.client.MeshConnection;
import io.signalbox.mesh.client.MeshException;
import io.signalbox.mesh.client.PolicyNotes;
import io.signalbox.mesh.mirror.MirrorStatus;
import io.signalbox.mesh.model.Experiments;
import io.signalbox.mesh.model.Protection;
import io.signalbox.mesh.model.status.MeshSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/**
 * The services whose policies have faults, a mirror or limits. Policies are read again when an event says that one changed, and
 * the reports of mirrors every two seconds. Belongs to the user-interface thread.
 */
public final class ExperimentsViewModel {

    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final Commands commands;
    private final ReadOnlyObjectWrapper<List<ServiceExperiments>> services =
            new ReadOnlyObjectWrapper<>(this, "services", List.of());
    private final ReadOnlyObjectWrapper<NavigableMap<String, String>> unread =
            new ReadOnlyObjectWrapper<>(this, "unread", Collections.emptyNavigableMap());
    private long seen = -1;
    private boolean asking;
    private Instant asked = Instant.MIN;

    public ExperimentsViewModel(Commands commands) {
        this.commands = commands;
    }

    /** By name; only those that have any. */
    public ReadOnlyObjectProperty<List<ServiceExperiments>> services() {
        return services.getReadOnlyProperty();
    }

    /** Why the policy of a service cannot be read, by name; what such a service has is not shown. */
    public ReadOnlyObjectProperty<NavigableMap<String, String>> unread() {
        return unread.getReadOnlyProperty();
    }

    public void update(MeshSnapshot snapshot) {
        if (asking) {
            return;
        }
        long sequence = snapshot.eventSequence();
        boolean due = !asked.plus(PAUSE).isAfter(snapshot.at())
                && services.get().stream().anyMatch(ServiceExperiments::compares);
        if (sequence == seen && !due) {
            return;
        }
        asking = true;
        long after = seen;
        Told known = new Told(services.get(), unread.get());
        commands.fetch(
                mesh -> (PoliciesInForce.changed(mesh, after, sequence) ? read(mesh) : known).reported(mesh),
                told -> {
                    asking = false;
                    seen = sequence;
                    asked = snapshot.at();
                    services.set(told.services());
                    unread.set(told.unread());
                },
                failed -> asking = false);
    }

    private static Told read(MeshConnection mesh) {
        PolicyNotes notes = new PolicyNotes(mesh);
        List<ServiceExperiments> services = notes.inForce().values().stream()
                .filter(policy -> !policy.experiments().equals(Experiments.NONE)
                        || !policy.protection().equals(Protection.NONE))
                .map(policy -> new ServiceExperiments(
                        policy.service(), policy.experiments(), policy.protection(), Optional.empty()))
                .toList();
        return new Told(services, notes.unread());
    }

    private record Told(List<ServiceExperiments> services, NavigableMap<String, String> unread) {

        Told reported(MeshConnection mesh) {
            return new Told(
                    services.stream()
                            .map(one -> one.compares() ? one.with(report(mesh, one.service())) : one)
                            .toList(),
                    unread);
        }
    }

    /** Before the first answer was compared there is none. */
    private static Optional<MirrorStatus> report(MeshConnection mesh, String service) {
        try {
            return Optional.of(mesh.requests().mirror(service));
        } catch (MeshException e) {
            if (e.kind() == MeshException.Kind.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
