package io.signalbox.mesh.controlplane;

import io.signalbox.mesh.model.BreakerCommand;
import io.signalbox.mesh.model.ChangeNote;
import io.signalbox.mesh.model.InvalidValueException;
import io.signalbox.mesh.model.UnknownNameException;
import io.signalbox.mesh.model.status.BreakerStatus;
import io.signalbox.mesh.model.status.EdgeStatus;
import io.signalbox.mesh.model.status.MeshSnapshot;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Moves circuits by hand. Safe from any thread. */
public final class BreakerControl {

    private static final Pattern ARROW = Pattern.compile("\\s*(?:->|→)\\s*");
    private static final Pattern COLON = Pattern.compile("\\s*:\\s*");

    private final Membership members;
    private final Supplier<? extends Collection<SidecarLink>> links;
    private final Supplier<MeshSnapshot> snapshot;
    private final Runnable changed;

    BreakerControl(
            Membership members,
            Supplier<? extends Collection<SidecarLink>> links,
            Supplier<MeshSnapshot> snapshot,
            Runnable changed) {
        this.members = members;
        this.links = links;
        this.snapshot = snapshot;
        this.changed = changed;
    }

    /**
     * Moves every circuit of an edge such as {@code checkout->payment}, or one circuit such as
     * {@code checkout-1->payment-2}; either end may name a service or one of its instances.
     *
     * @return how many circuits were moved, at least 1
     */
    public int command(String circuits, BreakerCommand command, ChangeNote note) {
        List<String> ends = ends(circuits);
        List<String> endpoints = members.members().entrySet().stream()
                .flatMap(service -> service.getValue().stream()
                        .map(member -> member.instance().instanceId())
                        .filter(id -> service.getKey().equals(ends.getLast()) || id.equals(ends.getLast())))
                .toList();
        int moved = 0;
        for (SidecarLink link : links.get()) {
            if (link.service().equals(ends.getFirst()) || link.instanceId().equals(ends.getFirst())) {
                for (String endpoint : endpoints) {
                    moved += link.breaker(endpoint, command, note);
                }
            }
        }
        if (moved == 0) {
            throw new UnknownNameException("circuit", circuits, known());
        }
        changed.run();
        return moved;
    }

    private static List<String> ends(String circuits) {
        List<String> byArrow = List.of(ARROW.split(circuits.strip(), -1));
        List<String> ends = byArrow.size() == 1 ? List.of(COLON.split(circuits.strip(), -1)) : byArrow;
        InvalidValueException.unless(
                ends.size() == 2 && ends.stream().noneMatch(String::isEmpty),
                "edge",
                circuits,
                "SOURCE->DESTINATION, such as checkout->payment or checkout-1->payment-2");
        return ends;
    }

    private Set<String> known() {
        Set<String> known = new TreeSet<>();
        snapshot.get().edges().stream().map(EdgeStatus::id).forEach(edge -> known.add(edge.toString()));
        snapshot.get().breakers().stream().map(BreakerStatus::edge).forEach(edge -> known.add(edge.toString()));
        return known;
    }
}
