package io.signalbox.mesh.controlplane;

import io.signalbox.mesh.autopsy.BreakerAutopsy;
import io.signalbox.mesh.autopsy.CircuitAutopsy;
import io.signalbox.mesh.autopsy.KeptRequests;
import io.signalbox.mesh.autopsy.RefusedSource;
import io.signalbox.mesh.config.NearestName;
import io.signalbox.mesh.explain.RequestLog;
import io.signalbox.mesh.model.BreakerScope;
import io.signalbox.mesh.model.Protocol;
import io.signalbox.mesh.model.UnknownNameException;
import io.signalbox.mesh.model.status.BreakerStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Explains why circuits opened, from what their sidecars keep. Safe from any thread. */
final class Autopsies {

    private final Membership members;
    private final Supplier<? extends Collection<SidecarLink>> links;
    private final Supplier<List<BreakerStatus>> breakers;
    private final List<RequestLog<?>> logs;

    /** Asked about at most; each answer holds hundreds of calls. */
    private static final int MOST_ASKED = 64;

    private static final int MOST_GONE = 5;

    private final Function<String, Map<String, Instant>> away;

    Autopsies(
            Membership members,
            Supplier<? extends Collection<SidecarLink>> links,
            Supplier<List<BreakerStatus>> breakers,
            List<RequestLog<?>> logs,
            Function<String, Map<String, Instant>> away) {
        this.away = away;
        this.members = members;
        this.links = links;
        this.breakers = breakers;
        this.logs = logs;
    }

    /** A circuit with its last opening. */
    private record Opened(BreakerStatus circuit, LastOpening opening) {

        boolean isOfWholeService() {
            return opening.scope() == BreakerScope.SERVICE;
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
        List<String> untold = new ArrayList<>();
        List<Opened> everywhere = opened(namedFirst(named, all), named, untold);
        List<Opened> opened = everywhere.stream()
                .filter(one -> name.names(one.circuit()))
                .sorted(Comparator.comparing((Opened one) -> one.opening().at()).reversed())
                .toList();
        if (opened.isEmpty() && !untold.isEmpty()) {
            throw new SilentSidecarException(
                    "autopsy: nothing told of " + name,
                    named.stream().map(BreakerStatus::sourceInstance).collect(Collectors.toSet()));
        }
        if (opened.isEmpty()) {
            throw new NeverOpenedException(name.toString(), named.size());
        }
        KeptRequests kept = kept(opened);
        return new BreakerAutopsy(
                opened.stream().map(one -> autopsy(one, everywhere, kept)).toList(),
                neverOpened(named, opened, untold),
                untold);
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

    /** Everybody is asked before anybody is waited for. */
    private List<Opened> opened(List<BreakerStatus> circuits, List<BreakerStatus> named, List<String> untold) {
        Map<BreakerStatus, CompletableFuture<Optional<LastOpening>>> asked = new LinkedHashMap<>();
        circuits.stream().limit(MOST_ASKED).forEach(circuit -> asked.put(circuit, opening(circuit)));
        named.stream().skip(MOST_ASKED).map(BreakerStatus::id).forEach(untold::add);
        List<Opened> opened = new ArrayList<>();
        Set<String> met = new HashSet<>();
        Answers answers = new Answers();
        asked.forEach((circuit, asking) -> {
            Optional<LastOpening> answer = answers.of(asking);
            if (answer == null && named.contains(circuit)) {
                untold.add(circuit.id());
            } else if (answer != null) {
                answer.map(opening -> new Opened(circuit, opening))
                        .filter(one -> met.add(one.id()))
                        .ifPresent(opened::add);
            }
        });
        return opened;
    }

    private CompletableFuture<Optional<LastOpening>> opening(BreakerStatus circuit) {
        return links.get().stream()
                .filter(link -> link.instanceId().equals(circuit.sourceInstance())
                        && link.service().equals(circuit.edge().source()))
                .findFirst()
                .map(link -> link.lastOpening(circuit.endpoint()))
                .orElseGet(() -> CompletableFuture.completedFuture(Optional.empty()));
    }

    private CircuitAutopsy autopsy(Opened one, List<Opened> everywhere, KeptRequests kept) {
        BreakerStatus circuit = one.circuit();
        return one.opening()
                .autopsy(
                        new CircuitAutopsy.Circuit(
                                circuit.edge(),
                                circuit.sourceInstance(),
                                one.called(),
                                circuit.state(),
                                protocol(circuit)),
                        kept,
                        refused(one, everywhere));
    }

    /** Other sidecars find out for themselves: those whose circuit has refused calls to the same since then. */
    private static List<RefusedSource> refused(Opened own, List<Opened> everywhere) {
        Stream<Opened> others = everywhere.stream()
                .filter(other ->
                        other.called().equals(own.called()) && !other.id().equals(own.id()))
                .filter(other -> isSince(own.opening().at(), refused(other).last()))
                .sorted(Comparator.comparingLong(
                                (Opened other) -> refused(other).calls())
                        .reversed()
                        .thenComparing(Opened::id));
        return Stream.concat(Stream.of(own), others).map(Autopsies::refused).toList();
    }

    private static boolean isSince(Instant opened, @Nullable Instant last) {
        return last != null && !last.isBefore(opened);
    }

    private static RefusedSource refused(Opened one) {
        return one.opening()
                .refused(one.circuit().sourceInstance(), one.circuit().state());
    }

    private KeptRequests kept(List<Opened> opened) {
        Set<String> asked = new HashSet<>();
        opened.forEach(one -> asked.addAll(one.opening().requestIds()));
        Set<String> held =
                logs.stream().flatMap(log -> log.heldOf(asked).stream()).collect(Collectors.toSet());
        return held::contains;
    }

    private Protocol protocol(BreakerStatus circuit) {
        return members.members().getOrDefault(circuit.edge().destination(), List.of()).stream()
                .filter(member -> member.instance().instanceId().equals(circuit.endpoint()))
                .map(member -> member.instance().protocol())
                .findFirst()
                .orElse(Protocol.HTTP);
    }

    private static List<String> neverOpened(List<BreakerStatus> named, List<Opened> opened, List<String> untold) {
        return named.stream()
                .filter(circuit -> opened.stream()
                        .noneMatch(one -> one.circuit().sourceInstance().equals(circuit.sourceInstance())
                                && (one.isOfWholeService()
                                        ? one.circuit().edge().equals(circuit.edge())
                                        : one.circuit().endpoint().equals(circuit.endpoint()))))
                .map(BreakerStatus::id)
                .filter(id -> !untold.contains(id))
                .toList();
    }

    /** What to say of sidecars that have gone; empty when none has. */
    static Optional<String> away(Map<String, Instant> gone) {
        return gone.isEmpty()
                ? Optional.empty()
                : Optional.of("one whose sidecar is attached; gone are "
                        + gone.entrySet().stream()
                                .limit(MOST_GONE)
                                .map(one -> one.getKey() + " since " + one.getValue())
                                .collect(Collectors.joining(", ")));
    }

    private UnknownNameException unknown(CircuitName name, List<BreakerStatus> all) {
        Optional<String> gone = away(away.apply(name.source()));
        if (gone.isPresent()) {
            return new UnknownNameException("circuit", name.toString(), gone.get());
        }
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
