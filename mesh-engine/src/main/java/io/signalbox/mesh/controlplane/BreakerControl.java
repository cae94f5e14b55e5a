package io.signalbox.mesh.controlplane;

import io.signalbox.mesh.autopsy.BreakerAutopsy;
import io.signalbox.mesh.client.AuditEntry;
import io.signalbox.mesh.explain.RequestLog;
import io.signalbox.mesh.model.BreakerCommand;
import io.signalbox.mesh.model.ChangeNote;
import io.signalbox.mesh.model.UnknownNameException;
import io.signalbox.mesh.model.status.BreakerStatus;
import io.signalbox.mesh.model.status.EdgeStatus;
import io.signalbox.mesh.model.status.MeshSnapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;

/** Moves circuits by hand, and explains why they opened by themselves. Safe from any thread. */
public final class BreakerControl {

    private final Membership members;
    private final Supplier<? extends Collection<SidecarLink>> links;
    private final Supplier<MeshSnapshot> snapshot;
    private final Runnable changed;
    private final Autopsies autopsies;
    private final AuditLog audit;
    private final Function<String, Map<String, Instant>> away;
    private final Elsewhere elsewhere;

    BreakerControl(
            Membership members,
            Supplier<? extends Collection<SidecarLink>> links,
            Supplier<MeshSnapshot> snapshot,
            Runnable changed,
            List<RequestLog<?>> logs,
            AuditLog audit,
            Function<String, Map<String, Instant>> away,
            Elsewhere elsewhere) {
        this.away = away;
        this.elsewhere = elsewhere;
        this.members = members;
        this.links = links;
        this.snapshot = snapshot;
        this.changed = changed;
        this.audit = audit;
        this.autopsies = new Autopsies(members, links, () -> snapshot.get().breakers(), logs, away);
    }

    /**
     * Moves every circuit of an edge such as {@code checkout->payment}, or one circuit such as
     * {@code checkout-1->payment-2}; either end may name a service or one of its instances.
     *
     * @return how many circuits were moved, at least 1
     * @throws SilentSidecarException when some sidecar did not say what became of it; it is moved if it is heard later
     */
    public int command(String circuits, BreakerCommand command, ChangeNote note) {
        CircuitName name = CircuitName.parse(circuits);
        Supplier<Elsewhere.Moved> others = elsewhere.ask(circuits, command, note);
        Elsewhere.Moved moved = move(name, command, note, new Answers()).and(others.get());
        if (moved.circuits() > 0 || !moved.silent().isEmpty()) {
            changed.run();
            audit.record(
                    AuditLog.Change.done(
                            AuditEntry.Kind.BREAKER,
                            name.asked(),
                            command.name().toLowerCase(Locale.ROOT)),
                    note);
        }
        if (!moved.silent().isEmpty()) {
            throw new SilentSidecarException(
                    "circuits: " + moved.circuits() + " of " + name + " moved", moved.silent());
        }
        if (moved.circuits() == 0) {
            throw unknown(name);
        }
        return moved.circuits();
    }

    /** Moves circuits at the sidecars of this control plane, for another one that was asked. */
    Elsewhere.Moved obey(String circuits, BreakerCommand command, ChangeNote note) {
        Elsewhere.Moved moved =
                move(CircuitName.parse(circuits), command, note, new Answers(Answers.PATIENCE_FOR_ANOTHER));
        if (moved.circuits() > 0) {
            changed.run();
        }
        return moved;
    }

    /** Everybody is asked before anybody is waited for. */
    private Elsewhere.Moved move(CircuitName name, BreakerCommand command, ChangeNote note, Answers answers) {
        List<String> endpoints = members.members().entrySet().stream()
                .flatMap(service -> service.getValue().stream()
                        .map(member -> member.instance().instanceId())
                        .filter(id -> name.isTo(service.getKey(), id)))
                .toList();
        if (endpoints.isEmpty()) {
            return Elsewhere.Moved.NONE;
        }
        Map<SidecarName, CompletableFuture<Integer>> asked = new LinkedHashMap<>();
        for (SidecarLink link : links.get()) {
            if (name.isFrom(link) && isItself(name, link)) {
                asked.put(new SidecarName(link.service(), link.instanceId()), link.breaker(endpoints, command, note));
            }
        }
        int moved = 0;
        List<String> silent = new ArrayList<>();
        for (Map.Entry<SidecarName, CompletableFuture<Integer>> one : asked.entrySet()) {
            Integer answer = answers.of(one.getValue());
            if (answer == null) {
                silent.add(one.getKey().instance());
            } else {
                moved += answer;
            }
        }
        return new Elsewhere.Moved(moved, silent);
    }

    /** Whoever attaches under the name of another service's instance is not meant by that name. */
    private boolean isItself(CircuitName name, SidecarLink link) {
        return name.source().equals(link.service())
                || members.registered(link.service(), link.instanceId())
                || members.serviceOf(link.instanceId()).isEmpty();
    }

    private UnknownNameException unknown(CircuitName name) {
        return Autopsies.away(away.apply(name.source()))
                .map(gone -> new UnknownNameException("circuit", name.asked(), gone))
                .orElseGet(() -> new UnknownNameException("circuit", name.asked(), known()));
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
