package io.signalbox.mesh.controlplane;

import io.signalbox.mesh.autopsy.BreakerAutopsy;
import io.signalbox.mesh.autopsy.CircuitAutopsy;
import io.signalbox.mesh.autopsy.KeptRequests;
import io.signalbox.mesh.autopsy.RefusedSource;
import io.signalbox.mesh.config.NearestName;
import io.signalbox.mesh.explain.DecisionLog;
import io.signalbox.mesh.model.BreakerScope;
import io.signalbox.mesh.model.Protocol;
import io.signalbox.mesh.model.UnknownNameException;
import io.signalbox.mesh.model.status.BreakerStatus;
import io.signalbox.mesh.resilience.CallOutcome;
import io.signalbox.mesh.resilience.Opening;
import io.signalbox.mesh.resilience.Refused;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Explains why circuits opened, from what their sidecars keep. Safe from any thread. */
final class Autopsies {

    private final Membership members;
    private final Supplier<? extends Collection<SidecarLink>> links;
    private final Supplier<List<BreakerStatus>> breakers;
    private final DecisionLog decisions;

    Autopsies(
            Membership members,
            Supplier<? extends Collection<SidecarLink>> links,
            Supplier<List<BreakerStatus>> breakers,
            DecisionLog decisions) {
        this.members = members;
        this.links = links;
        this.breakers = breakers;
        this.decisions = decisions;
    }

    /** A circuit with its last opening. */
    private record Opened(BreakerStatus circuit, Opening opening) {

        boolean isOfWholeService() {
            return opening.config().scope() == BreakerScope.SERVICE;
        }

        /** What is called: the service where one circuit stands for all its endpoints. */
        String called() {
            return isOfWholeService() ? circuit.edge().destination() : circuit.endpoint();
        }

        /** Tells circuits apart; a whole service's is met at each endpoint. */
        String id() {
            return circuit.sourceInstance() + "->" + called();
        }
    }

    BreakerAutopsy of(CircuitName name) {
        List<BreakerStatus> all = breakers.get();
        List<BreakerStatus> named = all.stream().filter(name::names).toList();
        if (named.isEmpty()) {
            throw unknown(name, all);
        }
        List<Opened> everywhere = opened(namedFirst(named, all));
        List<Opened> opened = everywhere.stream()
                .filter(one -> name.names(one.circuit()))
                .sorted(Comparator.comparing((Opened one) -> one.opening().at()).reversed())
                .toList();
        if (opened.isEmpty()) {
            throw new NeverOpenedException(name.toString(), named.size());
        }
        KeptRequests kept = kept(opened);
        return new BreakerAutopsy(
                opened.stream().map(one -> autopsy(one, everywhere, kept)).toList(), neverOpened(named, opened));
    }

    /** The circuits to the same services, so that one of a whole service is met at the endpoint asked about. */
    private static List<BreakerStatus> namedFirst(List<BreakerStatus> named, List<BreakerStatus> all) {
        Stream<BreakerStatus> others = all.stream()
                .filter(one -> !named.contains(one))
                .filter(one -> named.stream()
                        .anyMatch(other ->
                                one.edge().destination().equals(other.edge().destination())));
        return Stream.concat(named.stream(), others).toList();
    }

    private List<Opened> opened(List<BreakerStatus> circuits) {
        List<Opened> opened = new ArrayList<>();
        Set<String> met = new HashSet<>();
        for (BreakerStatus circuit : circuits) {
            opening(circuit)
                    .map(opening -> new Opened(circuit, opening))
                    .filter(one -> met.add(one.id()))
                    .ifPresent(opened::add);
        }
        return opened;
    }

    private Optional<Opening> opening(BreakerStatus circuit) {
        return links.get().stream()
                .filter(link -> link.instanceId().equals(circuit.sourceInstance()))
                .findFirst()
                .flatMap(link -> link.lastOpening(circuit.endpoint()));
    }

    private CircuitAutopsy autopsy(Opened one, List<Opened> everywhere, KeptRequests kept) {
        BreakerStatus circuit = one.circuit();
        return CircuitAutopsy.of(
                new CircuitAutopsy.Circuit(
                        circuit.edge(), circuit.sourceInstance(), one.called(), circuit.state(), protocol(circuit)),
                one.opening(),
                kept,
                refused(one, everywhere));
    }

    /** Other sidecars find out for themselves: those whose circuit has refused calls to the same since then. */
    private static List<RefusedSource> refused(Opened own, List<Opened> everywhere) {
        Stream<Opened> others = everywhere.stream()
                .filter(other ->
                        other.called().equals(own.called()) && !other.id().equals(own.id()))
                .filter(other -> isSince(own.opening().at(), other.opening().refused()))
                .sorted(Comparator.comparingLong(
                                (Opened other) -> other.opening().refused().calls())
                        .reversed()
                        .thenComparing(Opened::id));
        return Stream.concat(Stream.of(own), others).map(Autopsies::refused).toList();
    }

    private static boolean isSince(Instant opened, Refused refused) {
        return refused.last().filter(last -> !last.isBefore(opened)).isPresent();
    }

    private static RefusedSource refused(Opened one) {
        Refused refused = one.opening().refused();
        return new RefusedSource(
                one.circuit().sourceInstance(),
                one.circuit().state(),
                refused.calls(),
                refused.first().orElse(null),
                refused.last().orElse(null));
    }

    private KeptRequests kept(List<Opened> opened) {
        Set<String> asked = new HashSet<>();
        for (Opened one : opened) {
            Opening opening = one.opening();
            Stream.of(
                            opening.calls().stream(),
                            opening.late().stream(),
                            opening.lastTrial().stream().map(Opening.FailedTrial::call))
                    .flatMap(calls -> calls)
                    .map(CallOutcome::requestId)
                    .filter(Objects::nonNull)
                    .forEach(asked::add);
        }
        return decisions.heldOf(asked)::contains;
    }

    private Protocol protocol(BreakerStatus circuit) {
        return members.members().getOrDefault(circuit.edge().destination(), List.of()).stream()
                .filter(member -> member.instance().instanceId().equals(circuit.endpoint()))
                .map(member -> member.instance().protocol())
                .findFirst()
                .orElse(Protocol.HTTP);
    }

    private static List<String> neverOpened(List<BreakerStatus> named, List<Opened> opened) {
        return named.stream()
                .filter(circuit -> opened.stream()
                        .noneMatch(one -> one.circuit().sourceInstance().equals(circuit.sourceInstance())
                                && (one.isOfWholeService()
                                        ? one.circuit().edge().equals(circuit.edge())
                                        : one.circuit().endpoint().equals(circuit.endpoint()))))
                .map(BreakerStatus::id)
                .toList();
    }

    private static UnknownNameException unknown(CircuitName name, List<BreakerStatus> all) {
        Set<String> edges = new TreeSet<>();
        Set<String> known = new TreeSet<>();
        for (BreakerStatus circuit : all) {
            edges.add(circuit.edge().toString());
            known.add(circuit.edge().toString());
            known.add(circuit.id());
        }
        return NearestName.of(name.toString(), known)
                .map(near -> new UnknownNameException("circuit", name.toString(), near))
                .orElseGet(() -> new UnknownNameException("circuit", name.toString(), edges));
    }
}
