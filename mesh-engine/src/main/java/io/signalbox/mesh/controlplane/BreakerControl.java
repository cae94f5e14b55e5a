package io.signalbox.mesh.controlplane;

import io.signalbox.mesh.autopsy.BreakerAutopsy;
import io.signalbox.mesh.client.AuditEntry;
import io.signalbox.mesh.explain.DecisionLog;
import io.signalbox.mesh.model.BreakerCommand;
import io.signalbox.mesh.model.ChangeNote;
import io.signalbox.mesh.model.UnknownNameException;
import io.signalbox.mesh.model.status.BreakerStatus;
import io.signalbox.mesh.model.status.EdgeStatus;
import io.signalbox.mesh.model.status.MeshSnapshot;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/** Moves circuits by hand, and explains why they opened by themselves. Safe from any thread. */
public final class BreakerControl {

    private final Membership members;
    private final Supplier<? extends Collection<SidecarLink>> links;
    private final Supplier<MeshSnapshot> snapshot;
    private final Runnable changed;
    private final Autopsies autopsies;
    private final AuditLog audit;

    BreakerControl(
            Membership members,
            Supplier<? extends Collection<SidecarLink>> links,
            Supplier<MeshSnapshot> snapshot,
            Runnable changed,
            DecisionLog decisions,
            AuditLog audit) {
        this.members = members;
        this.links = links;
        this.snapshot = snapshot;
        this.changed = changed;
        this.audit = audit;
        this.autopsies = new Autopsies(members, links, () -> snapshot.get().breakers(), decisions);
    }

    /**
     * Moves every circuit of an edge such as {@code checkout->payment}, or one circuit such as
     * {@code checkout-1->payment-2}; either end may name a service or one of its instances.
     *
     * @return how many circuits were moved, at least 1
     */
    public int command(String circuits, BreakerCommand command, ChangeNote note) {
        CircuitName name = CircuitName.parse(circuits);
        List<String> endpoints = members.members().entrySet().stream()
                .flatMap(service -> service.getValue().stream()
                        .map(member -> member.instance().instanceId())
                        .filter(id -> name.isTo(service.getKey(), id)))
                .toList();
        int moved = 0;
        for (SidecarLink link : links.get()) {
            if (name.isFrom(link)) {
                for (String endpoint : endpoints) {
                    moved += link.breaker(endpoint, command, note);
                }
            }
        }
        if (moved == 0) {
            throw new UnknownNameException("circuit", circuits, known());
        }
        changed.run();
        audit.record(
                AuditLog.Change.done(
                        AuditEntry.Kind.BREAKER, circuits, command.name().toLowerCase(Locale.ROOT)),
                note);
        return moved;
    }

    /**
     * Why the circuits of an edge, or one circuit, last opened by themselves.
     *
     * @throws NeverOpenedException when none has
     */
    public BreakerAutopsy autopsy(String circuits) {
        return autopsies.of(CircuitName.parse(circuits));
    }

    private Set<String> known() {
        Set<String> known = new TreeSet<>();
        snapshot.get().edges().stream().map(EdgeStatus::id).forEach(edge -> known.add(edge.toString()));
        snapshot.get().breakers().stream().map(BreakerStatus::edge).forEach(edge -> known.add(edge.toString()));
        return known;
    }
}
